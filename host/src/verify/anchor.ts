// SPDX-License-Identifier: Apache-2.0
// The trust anchor: the trust block with its floor, and the root certificate that its rootHash names.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { isComplete, type TrustBlock } from "../protocol/trust-block.ts";

export interface Anchor {
  readonly trust: TrustBlock;
  /** DER of the root certificate. */
  readonly root: Uint8Array;
}

/** @throws TRUST_INCOMPLETE unless the unit has a root */
export function requireComplete({ trust }: Anchor): void {
  if (!isComplete(trust)) throw new TouchmarkError("TRUST_INCOMPLETE");
}

/** @throws ROOT_MISMATCH unless the certificate is the one that the trust block names */
export function requireRootHash({ trust, root }: Anchor): void {
  if (!equalBytes(sha256(root), trust.rootHash)) throw new TouchmarkError("ROOT_MISMATCH");
}
