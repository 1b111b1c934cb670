// SPDX-License-Identifier: Apache-2.0
// Deterministic CBOR (RFC 8949 §4.2.1), both ways. cbor-x does the coding but keeps key order as given, writes numbers
// from 2^32 on as floats and accepts long heads: values are normalised before it, and what it reads must encode back to
// the same bytes.
import { Encoder, Tag } from "cbor-x";
import { TouchmarkError } from "../errors.ts";
import { compareBytes } from "./bytes.ts";
import { checkForm } from "./cbor-form.ts";

export { Tag } from "cbor-x";

/** What decode gives. Integers beyond ±(2^53 − 1) are bigint; maps are Map whatever their keys. */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<CborValue, CborValue>
  | Tag;

/** What encode takes: also plain objects, as maps with text keys; undefined members are left out. */
export type CborInput =
  | Exclude<CborValue, readonly CborValue[] | ReadonlyMap<CborValue, CborValue>>
  | readonly CborInput[]
  | ReadonlyMap<CborInput, CborInput>
  | { readonly [key: string]: CborInput | undefined };

const codec = new Encoder({ useRecords: false, mapsAsObjects: false, tagUint8Array: false, variableMapSize: true });

const UINT32_MAX = 0xffffffff;
const UINT64_MAX = 0xffffffffffffffffn;

/** @throws CBOR_NOT_DETERMINISTIC for a float or an integer outside 64 bits, CBOR_MALFORMED for a repeated key. */
export function encode(value: CborInput): Uint8Array {
  return Uint8Array.from(codec.encode(normalise(value)));
}

/** Exactly one item. @throws CBOR_MALFORMED, CBOR_TOO_DEEP, CBOR_NOT_DETERMINISTIC. */
export function decode(bytes: Uint8Array): CborValue {
  checkForm(bytes);
  const value = denormalise(codec.decode(bytes));
  if (compareBytes(encode(value), bytes) !== 0) throw new TouchmarkError("CBOR_NOT_DETERMINISTIC");
  return value;
}

function normalise(value: CborInput): unknown {
  if (typeof value === "number" || typeof value === "bigint") return normaliseInteger(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Tag) return new Tag(normalise(value.value as CborInput), value.tag);
  if (isArray(value)) return value.map(normalise);
  return sortedMap(isMap(value) ? [...value] : Object.entries(value).filter(isPresent));
}

// cbor-x writes a number within ±2^32 and a bigint outside it with the shortest head.
function normaliseInteger(value: number | bigint): number | bigint {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TouchmarkError("CBOR_NOT_DETERMINISTIC");
  const wide = BigInt(value);
  if (wide > UINT64_MAX || wide < -(2n ** 63n)) throw new TouchmarkError("CBOR_NOT_DETERMINISTIC");
  const small = wide <= BigInt(UINT32_MAX) && wide >= -BigInt(UINT32_MAX) - 1n;
  return small ? Number(wide) : wide;
}

function sortedMap(entries: readonly (readonly [CborInput, CborInput])[]): Map<unknown, unknown> {
  const keyed = entries.map(([key, value]) => ({ bytes: encode(key), key: normalise(key), value: normalise(value) }));
  keyed.sort((a, b) => compareBytes(a.bytes, b.bytes));
  keyed.forEach(({ bytes }, i) => {
    const before = keyed[i - 1];
    if (before && compareBytes(before.bytes, bytes) === 0) throw new TouchmarkError("CBOR_MALFORMED");
  });
  return new Map(keyed.map(({ key, value }) => [key, value]));
}

function denormalise(value: unknown): CborValue {
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(denormalise);
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [denormalise(k), denormalise(v)]));
  if (value instanceof Tag) return new Tag(denormalise(value.value), value.tag);
  return value as CborValue;
}

const isSafe = (value: bigint): boolean =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
const isArray = (value: object): value is readonly CborInput[] => Array.isArray(value);
const isMap = (value: object): value is ReadonlyMap<CborInput, CborInput> => value instanceof Map;
const isPresent = (entry: [string, CborInput | undefined]): entry is [string, CborInput] => entry[1] !== undefined;
