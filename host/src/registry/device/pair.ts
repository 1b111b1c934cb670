// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { PairRequest, RegistryBackend } from "../backend/backend.ts";
import { transact } from "../transaction.ts";
import { type ActContext, performAct, refusal, requireInUse } from "./claim.ts";
import { type DeviceState, deviceState } from "./device.ts";

/**
 * Pairs a claimed device with a vehicle of the caller, with the unit's consent; once.
 * @throws UNIT_REVOKED, PREFLIGHT, SIGNATURE_INVALID, TRANSACTION_REVERTED, TRANSACTION_LOST, REGISTRATION_MISMATCH
 */
export async function pairDevice(context: ActContext, request: PairRequest): Promise<DeviceState> {
  const { backend } = context;
  const { tokenId, vehicleId } = request;
  const before = await deviceState(backend, `${tokenId}`);
  requireInUse(before);
  if (before.vehicleId === vehicleId) return before;
  if (before.vehicleId !== 0n) throw refusal("an unpaired device", { vehicle: `${before.vehicleId}` });
  if (!before.claimed) throw refusal("a claimed device", { device: before.address });
  await performAct(context, tokenId, await backend.pair(request));
  return await requireLink(backend, tokenId, vehicleId);
}

/**
 * Parts a device from its vehicle by its own signature, whoever sends it; our registry alone.
 * @throws as pairDevice
 */
export async function unpairByUnit(context: ActContext, request: PairRequest): Promise<DeviceState> {
  const { backend } = context;
  const { tokenId, vehicleId } = request;
  const before = await deviceState(backend, `${tokenId}`);
  if (before.vehicleId === 0n) return before;
  if (before.vehicleId !== vehicleId) throw refusal("this pairing", { vehicle: `${before.vehicleId}` });
  if (backend.unpair === undefined) throw refusal("unpairing by the unit: DIMO's registry has none", {});
  await performAct(context, tokenId, await backend.unpair(request));
  return await requireLink(backend, tokenId, 0n);
}

/** By the owner of the device or of the vehicle, who need no word of the unit. */
export async function unpairDevice(backend: RegistryBackend, tokenId: bigint, vehicleId: bigint): Promise<DeviceState> {
  const before = await deviceState(backend, `${tokenId}`);
  if (before.vehicleId === 0n) return before;
  const { contract } = backend;
  const args = [tokenId, vehicleId];
  await transact({ contract, method: "unpairAftermarketDevice", args, event: "AftermarketDeviceUnpaired" });
  return await requireLink(backend, tokenId, 0n);
}

async function requireLink(backend: RegistryBackend, tokenId: bigint, vehicleId: bigint): Promise<DeviceState> {
  const after = await deviceState(backend, `${tokenId}`);
  if (after.vehicleId !== vehicleId) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { ...after } });
  return after;
}
