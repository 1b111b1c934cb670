// SPDX-License-Identifier: Apache-2.0
// What the registry's storage says of one address, as its contract reads it: in both directions, or that there is none.
import { getAddress } from "ethers";
import {
  aliasSlot,
  attributeSlot,
  decodeAddress,
  decodeUnitWord,
  resetAddressSlot,
  type UnitState,
  unitSlot,
  vehicleSlot,
} from "../../protocol/registry-storage.ts";
import { decodeStringHead, uint256 } from "../../protocol/storage-slot.ts";
import { type AttributeField, attributeFields, attributeNames } from "../attributes.ts";
import type { DeviceNode, DeviceState } from "../device/device.ts";
import type { ProvedStorage } from "./proved-storage.ts";

export interface ProvedNode extends DeviceNode {
  readonly owner: string;
  readonly state: UnitState;
}

/**
 * The node of an address; undefined where it is proved that it has none.
 * @param address lower case
 */
export async function provedNode(storage: ProvedStorage, address: string): Promise<ProvedNode | undefined> {
  const born = BigInt(address);
  const [alias = 0n, ...ofBorn] = await storage.words([aliasSlot(address), unitSlot(born), resetAddressSlot(born)]);
  const tokenId = alias === 0n ? born : alias;
  const ofToken = alias === 0n ? ofBorn : await storage.words([unitSlot(tokenId), resetAddressSlot(tokenId)]);
  const [unit = 0n, reset = 0n] = ofToken;
  const { owner, manufacturerId, state } = decodeUnitWord(unit);
  // An address that a reset gave to another unit has a state, and no owner.
  const holder = BigInt(owner) === 0n ? undefined : (decodeAddress(reset) ?? addressOf(tokenId));
  return holder === address ? { tokenId, address, manufacturerId, owner: getAddress(owner), state } : undefined;
}

/** With all that `deviceState` asks for. */
export async function provedDevice(
  storage: ProvedStorage,
  address: string,
): Promise<(DeviceState & Pick<ProvedNode, "state">) | undefined> {
  const node = await provedNode(storage, address);
  if (node === undefined) return undefined;
  const { tokenId, state } = node;
  const slots = attributeFields.map((field) => attributeSlot(tokenId, attributeNames[field]));
  const [vehicleId = 0n, ...heads] = await storage.words([vehicleSlot(tokenId), ...slots]);
  const attributes: Partial<Record<AttributeField, string>> = {};
  for (const [at, field] of attributeFields.entries()) {
    const value = await provedString(storage, heads[at] ?? 0n, slots[at] ?? new Uint8Array());
    if (value !== "") attributes[field] = value;
  }
  return { ...node, claimed: state === "claimed", revoked: state === "revoked", vehicleId, attributes };
}

async function provedString(storage: ProvedStorage, word: bigint, slot: Uint8Array): Promise<string> {
  const head = decodeStringHead(word, slot);
  if ("bytes" in head) return Buffer.from(head.bytes).toString("utf8");
  const words = await storage.words(head.slots);
  return Buffer.concat(words.map(uint256)).subarray(0, head.length).toString("utf8");
}

const addressOf = (tokenId: bigint): string => `0x${BigInt.asUintN(160, tokenId).toString(16).padStart(40, "0")}`;
