// SPDX-License-Identifier: Apache-2.0
// Device nodes under a ManufacturerID, through DIMO's ABI: tokens and addresses are what the receipt's events and the
// registry's own reads say, in both directions.
import { type Contract, ZeroAddress } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { attributePairs, type UnitAttributes } from "./attributes.ts";
import { eventsOf, read, transact } from "./transaction.ts";

export interface DeviceRegistry {
  /** The registry, connected to an account that may mint for the node. */
  readonly contract: Contract;
  /** The devices' ERC-721: the registry itself, or DIMO's AftermarketDeviceId. */
  readonly devices: string;
}

export interface RegistrableUnit extends UnitAttributes {
  /** Birth address, lower case. */
  readonly address: string;
}

export interface RegisteredUnit {
  readonly address: string;
  readonly tokenId: bigint;
}

/**
 * The device node of an address; undefined where there is none.
 * @throws REGISTRATION_MISMATCH where the node is not the address's own, or another manufacturer's
 */
export async function findDevice(
  { contract, devices }: DeviceRegistry,
  manufacturerId: bigint,
  address: string,
): Promise<RegisteredUnit | undefined> {
  const tokenId = await read<bigint>(contract, "getAftermarketDeviceIdByAddress", address);
  if (tokenId === 0n) return undefined;
  const back = await read<string>(contract, "getAftermarketDeviceAddressById", tokenId);
  const parent = await read<bigint>(contract, "getParentNode", devices, tokenId);
  if (back.toLowerCase() !== address || parent !== manufacturerId) {
    const data = { address, tokenId: `${tokenId}`, addressOfToken: back, parent: `${parent}` };
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data });
  }
  return { address, tokenId };
}

/**
 * Registers those units that are not registered yet, in one transaction: all of them or none.
 * @throws TRANSACTION_REVERTED, TRANSACTION_LOST, REGISTRATION_MISMATCH, CHAIN_UNREACHABLE
 */
export async function registerUnits(
  registry: DeviceRegistry,
  manufacturerId: bigint,
  units: readonly RegistrableUnit[],
): Promise<RegisteredUnit[]> {
  const missing = [];
  for (const unit of units) {
    if (unit.address === ZeroAddress)
      throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { what: "zero address" } });
    if ((await findDevice(registry, manufacturerId, unit.address)) === undefined) missing.push(unit);
  }
  if (missing.length > 0) await mint(registry, manufacturerId, missing);
  return await Promise.all(units.map((unit) => requireDevice(registry, manufacturerId, unit.address)));
}

/** DIMO's batch mint of these units. */
export function mintCall(
  manufacturerId: bigint,
  units: readonly RegistrableUnit[],
): { readonly method: string; readonly args: readonly unknown[] } {
  const records = units.map((unit) => ({ addr: unit.address, attrInfoPairs: attributePairs(unit) }));
  return { method: "mintAftermarketDeviceByManufacturerBatch", args: [manufacturerId, records] };
}

async function mint(
  { contract }: DeviceRegistry,
  manufacturerId: bigint,
  units: readonly RegistrableUnit[],
): Promise<void> {
  const event = "AftermarketDeviceNodeMinted";
  const receipt = await transact({ contract, ...mintCall(manufacturerId, units), event });
  const minted = eventsOf(receipt, contract, event)
    .filter(({ manufacturerId: parent }) => parent === manufacturerId)
    .map(({ aftermarketDeviceAddress }) => String(aftermarketDeviceAddress).toLowerCase());
  const lost = units.filter(({ address }) => !minted.includes(address));
  if (lost.length > 0)
    throw new TouchmarkError("TRANSACTION_LOST", { data: { lost: lost.map((unit) => unit.address) } });
}

async function requireDevice(
  registry: DeviceRegistry,
  manufacturerId: bigint,
  address: string,
): Promise<RegisteredUnit> {
  const device = await findDevice(registry, manufacturerId, address);
  if (device === undefined) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address, tokenId: null } });
  return device;
}
