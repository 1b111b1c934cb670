// SPDX-License-Identifier: Apache-2.0
// Where Solidity keeps the values of mappings and strings, and what a storage trie's leaf holds: "Layout of State
// Variables in Storage" of its documentation.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { concatBytes, fromHex } from "./bytes.ts";
import { readRlp, rlpInteger } from "./rlp.ts";

/** 32 bytes, big-endian. */
export function uint256(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0"));
}

/** @param key of a value type, 32 bytes @param base the mapping's own slot */
export function mappingSlot(key: Uint8Array, base: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(key, base));
}

/** A leaf's value: RLP of an integer that is not zero. @throws WORD_MALFORMED */
export function decodeStorageInteger(leaf: Uint8Array): bigint {
  try {
    const { isList, payload, encoded } = readRlp(leaf);
    const whole = !isList && encoded.length === leaf.length && payload.length >= 1 && payload.length <= 32;
    if (!whole) throw new RangeError("not one integer of 1 to 32 bytes");
    return rlpInteger(payload);
  } catch (cause) {
    throw new TouchmarkError("WORD_MALFORMED", { data: { what: "not RLP of an integer" }, cause });
  }
}

/** A string's own slot: the whole of a short one, or how long it is and where it stands. */
export type StringHead =
  | { readonly bytes: Uint8Array }
  | { readonly length: number; readonly slots: readonly Uint8Array[] };

const WORD_BYTES = 32;
/** Of a string that is read. A longer one is no attribute of ours. */
const LONGEST = 1024;

/** @throws WORD_MALFORMED for what Solidity does not write, and above 1024 bytes */
export function decodeStringHead(word: bigint, slot: Uint8Array): StringHead {
  const bytes = uint256(word);
  const isLong = (word & 1n) === 1n;
  const length = isLong ? word >> 1n : BigInt((bytes[WORD_BYTES - 1] ?? 0) >> 1);
  if (length > LONGEST || isLong !== length >= WORD_BYTES)
    throw new TouchmarkError("WORD_MALFORMED", { data: { what: "not a string's length" } });
  if (!isLong) return { bytes: bytes.subarray(0, Number(length)) };
  const first = BigInt(`0x${Buffer.from(keccak_256(slot)).toString("hex")}`);
  const count = Math.ceil(Number(length) / WORD_BYTES);
  const at = (index: number): Uint8Array => uint256(BigInt.asUintN(256, first + BigInt(index)));
  return { length: Number(length), slots: Array.from({ length: count }, (_, index) => at(index)) };
}
