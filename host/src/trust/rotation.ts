// SPDX-License-Identifier: Apache-2.0
// A change of trust on its way from signer to signer: each adds one signature where its key is, then it becomes a trust
// statement that a fleet takes. The file holds no secret.
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import { trustStatementDigest } from "../protocol/eip712-witness.ts";
import { chain, limits } from "../protocol/generated.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { decodeTrustBlock, encodeTrustBlock, type TrustBlock, trustHash } from "../protocol/trust-block.ts";
import type { TrustSignature, TrustStatement } from "../protocol/trust-statement.ts";
import type { Anchor } from "../verify/anchor.ts";
import { applyTrustStatements } from "../verify/trust-statements.ts";
import { requirePoints } from "./require-points.ts";
import { requireSeparateSecrets } from "./separate-secrets.ts";

/** What may change. Left out: stays. */
export interface TrustChanges {
  readonly board?: Uint8Array;
  readonly boardCodeHash?: Uint8Array;
  /** Compressed public keys. */
  readonly witnesses?: readonly Uint8Array[];
  readonly witnessThreshold?: number;
  /** DER. */
  readonly root?: Uint8Array;
  /** The least block number and time that the unit's floor rises to. */
  readonly floor?: { readonly number: bigint; readonly timestamp: bigint };
}

export interface Rotation {
  readonly old: Anchor;
  readonly statement: TrustStatement;
}

/**
 * Unsigned.
 *
 * @throws TRUST_BLOCK_MALFORMED for a trust that no unit would take, KEY_REFUSED for one secret twice,
 *   PUBLIC_KEY_INVALID for a witness that nobody can be
 */
export function planRotation(old: Anchor, changes: TrustChanges): Rotation {
  const { floor = { number: 0n, timestamp: 0n }, root, ...fields } = changes;
  const next: TrustBlock = {
    ...old.trust,
    ...fields,
    ...(root === undefined ? {} : { rootHash: sha256(root) }),
    epoch: old.trust.epoch + 1,
    floorNumber: 0n,
    floorTimestamp: 0n,
  };
  const isRootChange = root !== undefined && !equalBytes(root, old.root);
  requirePoints(next.witnesses);
  requireSeparateSecrets(next, decodeCertificate(root ?? old.root).publicKey);
  const statement: TrustStatement = {
    old: trustHash(old.trust),
    block: encodeTrustBlock(next),
    floorNumber: floor.number,
    floorTimestamp: floor.timestamp,
    signatures: [],
    ...(isRootChange ? { newRoot: root } : {}),
  };
  return { old, statement };
}

/** What every signer signs. */
export function rotationDigest({ old, statement }: Rotation): Uint8Array {
  const next = decodeTrustBlock(statement.block);
  return trustStatementDigest({
    chainId: old.trust.chainId,
    manufacturerId: old.trust.manufacturerId,
    oldTrustHash: statement.old,
    newTrustHash: trustHash(next),
    newEpoch: next.epoch,
    floorNumber: statement.floorNumber,
    floorTimestamp: statement.floorTimestamp,
  });
}

/** With this key's signature, in whichever role the key has. @throws KEY_REFUSED where it has none, KEY_LOCKED */
export async function signRotation(rotation: Rotation, signer: Signer): Promise<Rotation> {
  const places = rolesOf(rotation, signer.publicKey);
  if (places.length === 0) throw new TouchmarkError("KEY_REFUSED", { data: { what: "not a key of the old trust" } });
  const signature = await signer.sign(rotationDigest(rotation));
  const others = rotation.statement.signatures.filter(
    (known) => !places.some(({ role, index }) => role === known.role && index === known.index),
  );
  const signatures = [...others, ...places.map((place) => ({ ...place, signature }))].toSorted(byPlace);
  return { ...rotation, statement: { ...rotation.statement, signatures } };
}

/**
 * All statements in order, once a unit would take this one behind those before.
 *
 * @param before that lead units to where this one starts; whoever finished them has judged their signatures
 * @throws ROTATION_*, ROOT_MISMATCH where it was planned with another root than the trust's; TRUST_*, CERT_*,
 *   PUBLIC_KEY_INVALID as where it was planned
 */
export function finishRotation(
  { old, statement }: Rotation,
  before: readonly TrustStatement[] = [],
): readonly TrustStatement[] {
  if (!equalBytes(sha256(old.root), old.trust.rootHash)) throw new TouchmarkError("ROOT_MISMATCH");
  // A unit passes over a statement that leads to the trust that it has, unread.
  if (equalBytes(endOf(statement), trustHash(old.trust))) throw new TouchmarkError("ROTATION_UNCHANGED");
  const statements = [...before, statement];
  requireLinked(statements);
  requireRoom(statement);
  requirePoints(decodeTrustBlock(statement.block).witnesses);
  applyTrustStatements(old, [statement]);
  return statements;
}

function requireLinked(statements: readonly TrustStatement[]): void {
  const [count, most] = [statements.length, limits.trustStatements];
  if (count > most) throw new TouchmarkError("ROTATION_TOO_MANY", { data: { count, most } });
  for (const [at, former] of statements.slice(0, -1).entries()) {
    const latter = statements[at + 1];
    if (latter === undefined) return;
    if (!equalBytes(endOf(former), latter.old))
      throw new TouchmarkError("ROTATION_UNLINKED", {
        data: { statement: at + 2, starts: latter.old, former: endOf(former) },
      });
    if (latter.floorNumber < former.floorNumber)
      throw new TouchmarkError("TRUST_FLOOR", {
        data: { statement: at + 2, floor: latter.floorNumber, former: former.floorNumber },
      });
  }
}

// More are offered where every key has signed: the file goes back to be planned and signed by those who are needed.
function requireRoom({ signatures }: TrustStatement): void {
  const most = limits.statementSignatures;
  if (signatures.length > most)
    throw new TouchmarkError("TRUST_STATEMENT_MALFORMED", { data: { signatures: signatures.length, most } });
}

function endOf({ block }: TrustStatement): Uint8Array {
  return trustHash(decodeTrustBlock(block));
}

type Place = Pick<TrustSignature, "role" | "index">;

function rolesOf({ old, statement }: Rotation, key: Uint8Array): Place[] {
  const { witness, root, recovery, newRoot } = chain.signatureRole;
  const keys: (Place & { readonly key: Uint8Array })[] = [
    ...old.trust.witnesses.map((each, index) => ({ role: witness, index, key: each })),
    { role: root, index: 0, key: decodeCertificate(old.root).publicKey },
    ...old.trust.recoveryKeys.map((each, index) => ({ role: recovery, index, key: each })),
    ...(statement.newRoot === undefined
      ? []
      : [{ role: newRoot, index: 0, key: decodeCertificate(statement.newRoot).publicKey }]),
  ];
  return keys.filter((each) => equalBytes(each.key, key)).map(({ role, index }) => ({ role, index }));
}

function byPlace(a: Place, b: Place): number {
  return a.role - b.role || a.index - b.index;
}
