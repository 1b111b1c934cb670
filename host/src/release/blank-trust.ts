// SPDX-License-Identifier: Apache-2.0
import type { TrustBlock } from "../protocol/trust-block.ts";
import { requirePoints } from "../trust/require-points.ts";
import { requireSeparateSecrets } from "../trust/separate-secrets.ts";
import type { ReleaseTarget } from "./target.ts";

export interface Federation {
  readonly witnessThreshold: number;
  /** Compressed, 33 bytes each. */
  readonly witnesses: readonly Uint8Array[];
  readonly recoveryThreshold: number;
  readonly recoveryKeys: readonly Uint8Array[];
}

const FIRST_EPOCH = 1;

/** The trust of a unit as the factory makes it: without a root, which enrolling adds. @throws KEY_REFUSED, PUBLIC_KEY_INVALID */
export function blankTrust(
  { chainId, board, boardCodeHash, vendorId, classId }: Omit<ReleaseTarget, "manufacturerId">,
  federation: Federation,
): TrustBlock {
  requirePoints([...federation.witnesses, ...federation.recoveryKeys]);
  requireSeparateSecrets(federation);
  return {
    ...{ chainId, board, boardCodeHash, vendorId, classId },
    ...federation,
    manufacturerId: 0n,
    rootHash: new Uint8Array(32),
    epoch: FIRST_EPOCH,
    floorNumber: 0n,
    floorTimestamp: 0n,
  };
}
