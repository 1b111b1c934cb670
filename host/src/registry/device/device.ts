// SPDX-License-Identifier: Apache-2.0
// What a registry says of one device, held against itself in both directions.
import { type Contract, ZeroAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { type AttributeField, attributeFields, attributeNames } from "../attributes.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { read } from "../transaction.ts";

export interface DeviceNode {
  readonly tokenId: bigint;
  /** The unit's address now, lower case. */
  readonly address: string;
  readonly manufacturerId: bigint;
}

export interface DeviceState extends DeviceNode {
  readonly owner: string;
  readonly claimed: boolean;
  /** For good; DIMO's registry has no such thing. */
  readonly revoked: boolean;
  /** 0: not paired. */
  readonly vehicleId: bigint;
  readonly attributes: Readonly<Partial<Record<AttributeField, string>>>;
}

/** What one device is read from. */
export type DeviceReads = Pick<RegistryBackend, "contract" | "devices" | "tokens">;

/**
 * @param device address, or token id in decimal
 * @throws PREFLIGHT where there is none, REGISTRATION_MISMATCH where address and token do not name each other
 */
export async function resolveDevice(backend: DeviceReads, device: string): Promise<DeviceNode> {
  const isAddress = /^0x[0-9a-fA-F]{40}$/.test(device);
  if (!isAddress && !/^[0-9]{1,78}$/.test(device))
    throw new TouchmarkError("USAGE", { data: { device, expected: "an address or a token id" } });
  const { contract } = backend;
  const tokenId = isAddress ? await read<bigint>(contract, "getAftermarketDeviceIdByAddress", device) : BigInt(device);
  const address = await addressOf(backend, tokenId);
  if (tokenId === 0n || address === ZeroAddress)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "a registered device", device } });
  const back = await read<bigint>(contract, "getAftermarketDeviceIdByAddress", address);
  if (back !== tokenId || (isAddress && address !== device.toLowerCase())) {
    const data = { device, tokenId: `${tokenId}`, addressOfToken: address, tokenOfAddress: `${back}` };
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data });
  }
  return { tokenId, address, manufacturerId: await read<bigint>(contract, "getParentNode", backend.devices, tokenId) };
}

/** @throws as resolveDevice */
export async function deviceState(backend: DeviceReads, device: string): Promise<DeviceState> {
  const node = await resolveDevice(backend, device);
  const { contract, devices } = backend;
  const attributes: Partial<Record<AttributeField, string>> = {};
  for (const field of attributeFields) {
    const value = await read<string>(contract, "getInfo", devices, node.tokenId, attributeNames[field]);
    if (value !== "") attributes[field] = value;
  }
  return {
    ...node,
    owner: await read<string>(backend.tokens, "ownerOf", node.tokenId),
    claimed: await read<boolean>(contract, "isAftermarketDeviceClaimed", node.tokenId),
    revoked:
      contract.interface.hasFunction("isDeviceRevoked") &&
      (await read<boolean>(contract, "isDeviceRevoked", node.tokenId)),
    vehicleId: await read<bigint>(contract, "getLink", devices, node.tokenId),
    attributes,
  };
}

/** Lower case; the zero address where there is no such device. */
export async function addressOf({ contract }: { readonly contract: Contract }, tokenId: bigint): Promise<string> {
  return (await read<string>(contract, "getAftermarketDeviceAddressById", tokenId)).toLowerCase();
}
