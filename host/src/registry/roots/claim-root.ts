// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { type ActContext, requireInUse } from "../device/claim.ts";
import { type DeviceState, deviceState } from "../device/device.ts";
import { actDigest, type DeviceAct, requireSignature } from "../device/device-act.ts";
import { rehearse } from "../device/rehearse.ts";
import { read, transact } from "../transaction.ts";
import { batchOf, requireRoots } from "./commit-root.ts";
import type { RootFile } from "./root-file.ts";

export interface RootClaim {
  /** The unit's, lower case. */
  readonly address: string;
  readonly owner: string;
  /** Unix seconds. */
  readonly deadline: bigint;
}

/**
 * Brings one unit of a batch on chain, straight to the owner that its own signature names; once.
 * @throws PREFLIGHT, SIGNATURE_INVALID, TRANSACTION_REVERTED, TRANSACTION_LOST
 */
export async function claimFromRoot(
  { backend, chainId, ask }: ActContext,
  file: RootFile,
  { address, owner, deadline }: RootClaim,
): Promise<DeviceState> {
  requireRoots(backend);
  const { contract } = backend;
  const found = file.units.find((unit) => unit.address === address);
  if (found === undefined)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the unit in this batch", address } });
  const tokenId = BigInt(address);
  if ((await read<bigint>(contract, "getAftermarketDeviceIdByAddress", address)) === tokenId) {
    const state = await deviceState(backend, address);
    requireInUse(state);
    if (state.owner === owner) return state;
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "an unclaimed unit", owner: state.owner } });
  }
  const { address: device, ...rest } = found;
  const [batch, unit] = [batchOf(file), { ...rest, device }];
  await read(contract, "verifyBatchUnit", batch, unit);
  // Its first signature here: nonce 0.
  const act: DeviceAct = {
    domain: "touchmarkDomain",
    struct: "claimDevice",
    value: { tokenId, owner, nonce: 0n, deadline },
    method: "claimFromBatch",
    args: [batch, unit, { tokenId, owner, deadline }],
    event: "BatchUnitTaken",
  };
  const digest = actDigest(act, chainId, String(contract.target));
  await rehearse(contract, act, digest);
  const signature = requireSignature(await ask(act, digest), digest, address);
  await transact({ contract, method: act.method, args: [...act.args, signature], event: act.event });
  return await deviceState(backend, address);
}
