// SPDX-License-Identifier: Apache-2.0
// Trust statements, applied in order: protocol/chain.md, check 2.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { trustStatementDigest } from "../protocol/eip712-witness.ts";
import { chain } from "../protocol/generated.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { advanceFloor, constantHash, decodeTrustBlock, type TrustBlock, trustHash } from "../protocol/trust-block.ts";
import type { TrustSignature, TrustStatement } from "../protocol/trust-statement.ts";
import { type Anchor, requireRootHash } from "./anchor.ts";
import { requireRootCertificate, rootKey } from "./certificates.ts";
import { requireSigned } from "./signed.ts";

const { signatureRole } = chain;

/** @throws TRUST_*, ROOT_MISMATCH, SIGNATURE_HIGH_S; of a new root DER_* and CERT_* */
export function applyTrustStatements(start: Anchor, statements: readonly TrustStatement[]): Anchor {
  const present = trustHash(start.trust);
  const applied = statements.findLastIndex(({ block }) => equalBytes(hashOf(block), present));
  let state = start;
  let floor = 0n;
  for (const statement of statements.slice(applied + 1)) {
    state = apply(state, statement, floor);
    floor = statement.floorNumber;
  }
  return state;
}

/** Of a block that may be malformed: then no unit has its hash. */
function hashOf(block: Uint8Array): Uint8Array {
  try {
    return trustHash(decodeFloorless(block));
  } catch {
    return new Uint8Array();
  }
}

function decodeFloorless(block: Uint8Array): TrustBlock {
  const trust = decodeTrustBlock(block);
  if (trust.floorNumber !== 0n || trust.floorTimestamp !== 0n) throw new TouchmarkError("TRUST_BLOCK_MALFORMED");
  return trust;
}

function apply(old: Anchor, statement: TrustStatement, floor: bigint): Anchor {
  if (!equalBytes(statement.old, trustHash(old.trust))) throw new TouchmarkError("TRUST_OLD_HASH");
  const next = decodeFloorless(statement.block);
  if (!equalBytes(constantHash(next), constantHash(old.trust))) throw new TouchmarkError("TRUST_CONSTANT");
  if (next.epoch <= old.trust.epoch) throw new TouchmarkError("TRUST_EPOCH");
  if (statement.floorNumber < floor) throw new TouchmarkError("TRUST_FLOOR");
  checkSignatureForm(old.trust, next, statement);
  const root = statement.newRoot === undefined ? old.root : newRoot(statement.newRoot, next);
  requireRootHash(old);
  checkSignatures(old, { trust: next, root }, statement);
  const { floorNumber, floorTimestamp } = old.trust;
  const trust = { ...next, floorNumber, floorTimestamp };
  return { trust: advanceFloor(trust, statement.floorNumber, statement.floorTimestamp), root };
}

function checkSignatureForm(old: TrustBlock, next: TrustBlock, { signatures, newRoot: der }: TrustStatement): void {
  const isRootChange = !equalBytes(next.rootHash, old.rootHash);
  const counts: ReadonlyMap<number, number> = new Map([
    [signatureRole.witness, old.witnesses.length],
    [signatureRole.root, 1],
    [signatureRole.recovery, old.recoveryKeys.length],
    [signatureRole.newRoot, isRootChange ? 1 : 0],
  ]);
  const known = signatures.every(({ role, index }) => index < (counts.get(role) ?? 0));
  const ascending = signatures.every((signature, at) => at === 0 || isBehind(signature, signatures[at - 1]));
  const hasNewRoot = signatures.some(({ role }) => role === signatureRole.newRoot);
  if (!known || !ascending || (der !== undefined) !== isRootChange || hasNewRoot !== isRootChange) {
    throw new TouchmarkError("TRUST_STATEMENT_MALFORMED");
  }
}

function isBehind(signature: TrustSignature, before: TrustSignature | undefined): boolean {
  if (before === undefined) return true;
  return signature.role > before.role || (signature.role === before.role && signature.index > before.index);
}

function newRoot(der: Uint8Array, next: TrustBlock): Uint8Array {
  if (!equalBytes(sha256(der), next.rootHash)) throw new TouchmarkError("ROOT_MISMATCH");
  requireRootCertificate(der, next);
  return der;
}

function checkSignatures(old: Anchor, next: Anchor, statement: TrustStatement): void {
  const digest = trustStatementDigest({
    chainId: old.trust.chainId,
    manufacturerId: old.trust.manufacturerId,
    oldTrustHash: statement.old,
    newTrustHash: trustHash(next.trust),
    newEpoch: next.trust.epoch,
    floorNumber: statement.floorNumber,
    floorTimestamp: statement.floorTimestamp,
  });
  for (const { role, index, signature } of statement.signatures) {
    requireSigned(digest, signature, keyOf(old, next, role, index), "TRUST_SIGNATURES");
  }
  const count = (role: number): number => statement.signatures.filter((signature) => signature.role === role).length;
  const { witnessThreshold, recoveryThreshold } = old.trust;
  const witnesses = count(signatureRole.witness) >= witnessThreshold;
  const root = count(signatureRole.root) === 1;
  const recovery = recoveryThreshold > 0 && count(signatureRole.recovery) >= recoveryThreshold;
  const enough = [witnesses, root, recovery].filter(Boolean).length >= 2;
  // Recovery keys replace what is lost; the one that signs beside them stays as it is.
  const rootHeld = witnesses || equalBytes(old.trust.rootHash, next.trust.rootHash);
  const witnessesHeld = root || sameWitnesses(old.trust, next.trust);
  if (!enough || !rootHeld || !witnessesHeld) throw new TouchmarkError("TRUST_SIGNATURES");
}

function sameWitnesses(old: TrustBlock, next: TrustBlock): boolean {
  const sameKeys = old.witnesses.every((key, index) => equalBytes(key, next.witnesses[index] ?? new Uint8Array()));
  return sameKeys && old.witnesses.length === next.witnesses.length && old.witnessThreshold === next.witnessThreshold;
}

function keyOf(old: Anchor, next: Anchor, role: number, index: number): Uint8Array {
  if (role === signatureRole.root) return rootKey(old.root);
  if (role === signatureRole.newRoot) return rootKey(next.root);
  const keys = role === signatureRole.witness ? old.trust.witnesses : old.trust.recoveryKeys;
  const key = keys[index];
  if (key === undefined) throw new TouchmarkError("TRUST_STATEMENT_MALFORMED");
  return key;
}
