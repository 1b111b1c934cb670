// SPDX-License-Identifier: Apache-2.0
// DeviceRegistry's storage, where registrations are proved: protocol/words.md, "Registrations". Slots are protocol.json's
// (`registryStorage`), held against the compiler by a test.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { toHex } from "./bytes.ts";
import { registryStorage } from "./generated.ts";
import { mappingSlot, uint256 } from "./storage-slot.ts";

export type UnitState = keyof typeof registryStorage.state;

/** The packed unit. */
export interface UnitWord {
  /** Lower case. */
  readonly owner: string;
  readonly manufacturerId: bigint;
  readonly nonce: bigint;
  readonly state: UnitState;
}

type Mapping = keyof typeof registryStorage.slot;

const base = (name: Mapping): Uint8Array => uint256(BigInt(registryStorage.slot[name]));
const ofNumber = (name: Mapping, key: bigint): Uint8Array => mappingSlot(uint256(key), base(name));

export const unitSlot = (tokenId: bigint): Uint8Array => ofNumber("_units", tokenId);
export const resetAddressSlot = (tokenId: bigint): Uint8Array => ofNumber("_resetAddresses", tokenId);
export const vehicleSlot = (tokenId: bigint): Uint8Array => ofNumber("_vehicleOf", tokenId);
/** @param address 0x and 40 hexadecimal digits */
export const aliasSlot = (address: string): Uint8Array => ofNumber("_aliases", BigInt(address));
export const attributeSlot = (tokenId: bigint, name: string): Uint8Array =>
  mappingSlot(keccak_256(Buffer.from(name, "utf8")), ofNumber("_infos", tokenId));
export const commitmentSlot = (manufacturerId: bigint, batchId: bigint): Uint8Array =>
  mappingSlot(uint256(batchId), ofNumber("batchCommitment", manufacturerId));
/** The word with the bit of this index. */
export const takenSlot = (manufacturerId: bigint, batchId: bigint, index: number): Uint8Array =>
  mappingSlot(uint256(BigInt(index) >> 8n), mappingSlot(uint256(batchId), ofNumber("_taken", manufacturerId)));

/** Whether the index of takenSlot is claimed or revoked. */
export const isTaken = (word: bigint, index: number): boolean => ((word >> BigInt(index & 0xff)) & 1n) === 1n;

/** An address that stands alone in its word, lower case; undefined for zero. @throws WORD_MALFORMED */
export function decodeAddress(word: bigint): string | undefined {
  if (word >> 160n !== 0n) throw malformed("an address");
  return word === 0n ? undefined : `0x${word.toString(16).padStart(40, "0")}`;
}

/** @throws WORD_MALFORMED */
export function decodeUnitWord(word: bigint): UnitWord {
  const bytes = uint256(word);
  const field = (name: keyof typeof registryStorage.unit.fields): string => {
    const { offset, size } = registryStorage.unit.fields[name];
    return `0x${toHex(bytes.subarray(offset, offset + size))}`;
  };
  const number = Number(field("state"));
  const state = Object.entries(registryStorage.state).find(([, value]) => value === number)?.[0];
  if (state === undefined || BigInt(field("unused")) !== 0n) throw malformed("a unit");
  return {
    owner: field("owner"),
    manufacturerId: BigInt(field("manufacturer")),
    nonce: BigInt(field("nonce")),
    state: state as UnitState,
  };
}

function malformed(what: string): TouchmarkError {
  return new TouchmarkError("WORD_MALFORMED", { data: { what: `not ${what}` } });
}
