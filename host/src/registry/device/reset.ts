// SPDX-License-Identifier: Apache-2.0
import { ZeroAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { read, transact } from "../transaction.ts";
import { refusal } from "./claim.ts";
import { addressOf } from "./device.ts";

export interface ResetDevice {
  readonly tokenId: bigint;
  readonly address: string;
  readonly oldAddress: string;
  /** DIMO's registry goes on resolving the old address to this device. */
  readonly oldAddressResolves: boolean;
}

/**
 * Gives a device the address of a new board; once.
 *
 * DIMO's registry takes an address that another device has, which then has two: it is refused here.
 * @throws PREFLIGHT, TRANSACTION_REVERTED, TRANSACTION_LOST, REGISTRATION_MISMATCH
 */
export async function resetDevice(backend: RegistryBackend, tokenId: bigint, wanted: string): Promise<ResetDevice> {
  const address = wanted.toLowerCase();
  if (address === ZeroAddress) throw refusal("an address other than zero", { address });
  const { contract } = backend;
  const oldAddress = await addressOf(backend, tokenId);
  if (oldAddress === address) return await outcome(backend, tokenId, { address, oldAddress });
  const holder = await read<bigint>(contract, "getAftermarketDeviceIdByAddress", address);
  if (holder !== 0n) throw refusal("an unused address", { address, tokenId: `${holder}` });
  const args = [[{ aftermarketDeviceNodeId: tokenId, deviceAddress: address }]];
  const method = "resetAftermarketDeviceAddressByManufacturerBatch";
  await transact({ contract, method, args, event: "AftermarketDeviceAddressReset" });
  return await outcome(backend, tokenId, { address, oldAddress });
}

async function outcome(
  backend: RegistryBackend,
  tokenId: bigint,
  { address, oldAddress }: { readonly address: string; readonly oldAddress: string },
): Promise<ResetDevice> {
  const idOf = (of: string): Promise<bigint> => read<bigint>(backend.contract, "getAftermarketDeviceIdByAddress", of);
  const [there, back] = [await idOf(address), await addressOf(backend, tokenId)];
  if (there !== tokenId || back !== address) {
    const data = { tokenId: `${tokenId}`, addressOfToken: back, tokenOfAddress: `${there}` };
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data });
  }
  const oldAddressResolves = oldAddress !== address && (await idOf(oldAddress)) === tokenId;
  return { tokenId, address, oldAddress, oldAddressResolves };
}
