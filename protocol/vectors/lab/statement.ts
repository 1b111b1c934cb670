// SPDX-License-Identifier: Apache-2.0
// Trust statements of the FAKE federation.
import { trustStatementDigest } from "../../../host/src/protocol/eip712-witness.ts";
import { chain } from "../../../host/src/protocol/generated.ts";
import { encodeTrustBlock, type TrustBlock, trustHash } from "../../../host/src/protocol/trust-block.ts";
import type { TrustStatement } from "../../../host/src/protocol/trust-statement.ts";
import { fakeKey } from "./keys.ts";

const { signatureRole } = chain;
export type Role = keyof typeof signatureRole;

/** Who signs: a role, an index, and the fake key behind it. */
export interface Cosigner {
  readonly role: Role;
  readonly index: number;
  readonly key: string;
}

export const witness = (index: number): Cosigner => ({ role: "witness", index, key: `witness-${index + 1}` });
export const recovery = (index: number): Cosigner => ({ role: "recovery", index, key: `recovery-${index + 1}` });
export const root = (key = "root"): Cosigner => ({ role: "root", index: 0, key });
export const newRoot = (key = "other-root"): Cosigner => ({ role: "newRoot", index: 0, key });

export interface StatementPlan {
  readonly old: TrustBlock;
  readonly next: TrustBlock;
  readonly signers: readonly Cosigner[];
  readonly floor?: { readonly number: bigint; readonly timestamp: bigint };
  readonly newRoot?: Uint8Array;
  /** What is signed is this one's, while another is sent. */
  readonly signedAs?: TrustBlock;
}

export function statementOf({ old, next, signers, floor, newRoot: der, signedAs }: StatementPlan): TrustStatement {
  const { number: floorNumber, timestamp: floorTimestamp } = floor ?? { number: 0n, timestamp: 0n };
  const digest = trustStatementDigest({
    chainId: old.chainId,
    manufacturerId: old.manufacturerId,
    oldTrustHash: trustHash(old),
    newTrustHash: trustHash(signedAs ?? next),
    newEpoch: (signedAs ?? next).epoch,
    floorNumber,
    floorTimestamp,
  });
  return {
    old: trustHash(old),
    block: encodeTrustBlock({ ...next, floorNumber: 0n, floorTimestamp: 0n }),
    floorNumber,
    floorTimestamp,
    signatures: signers.map(({ role, index, key }) => ({
      role: signatureRole[role],
      index,
      signature: fakeKey(key).sign(digest),
    })),
    ...(der === undefined ? {} : { newRoot: der }),
  };
}
