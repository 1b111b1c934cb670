// SPDX-License-Identifier: Apache-2.0
// A change of trust on its way from signer to signer: each adds one signature where its key is, then it becomes a trust
// statement that a fleet takes. The file holds no secret.
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import { trustStatementDigest } from "../protocol/eip712-witness.ts";
import { chain } from "../protocol/generated.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { decodeTrustBlock, encodeTrustBlock, type TrustBlock, trustHash } from "../protocol/trust-block.ts";
import type { TrustSignature, TrustStatement } from "../protocol/trust-statement.ts";
import type { Anchor } from "../verify/anchor.ts";
import { applyTrustStatements } from "../verify/trust-statements.ts";

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

/** Unsigned. @throws TRUST_BLOCK_MALFORMED for a trust that no unit would take */
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

/** The statement, once a unit would take it. @throws TRUST_*, CERT_*, ROOT_MISMATCH */
export function finishRotation({ old, statement }: Rotation): TrustStatement {
  applyTrustStatements(old, [statement]);
  return statement;
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
