// SPDX-License-Identifier: Apache-2.0
// RLP (Ethereum yellow paper, appendix B), canonical encodings only, both ways. The verifier reads untrusted proofs with
// it, so the reader is ours and names its one refusal: RLP_MALFORMED.
import { TouchmarkError } from "../errors.ts";
import { concatBytes, fromHex } from "./bytes.ts";

export type RlpItem = Uint8Array | readonly RlpItem[];

/** One item as it stands: a list's payload is its items, one after the other; encoded has the prefix in front. */
export interface RlpSpan {
  readonly isList: boolean;
  readonly payload: Uint8Array;
  readonly encoded: Uint8Array;
}

const MAX_LENGTH_BYTES = 4;

/** The first item of `bytes`; RLP_MALFORMED unless canonical and whole. */
export function readRlp(bytes: Uint8Array): RlpSpan {
  const first = bytes[0];
  if (first === undefined) throw malformed("nothing to read");
  if (first < 0x80) return { isList: false, payload: bytes.subarray(0, 1), encoded: bytes.subarray(0, 1) };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  const lengthBytes = short <= 55 ? 0 : short - 55;
  const length = lengthBytes === 0 ? short : longLength(bytes.subarray(1, 1 + lengthBytes), lengthBytes);
  const start = 1 + lengthBytes;
  if (length > bytes.length - start) throw malformed("cut off");
  const payload = bytes.subarray(start, start + length);
  if (!isList && length === 1 && (payload[0] ?? 0) < 0x80) throw malformed("a single byte behind a prefix");
  return { isList, payload, encoded: bytes.subarray(0, start + length) };
}

function longLength(digits: Uint8Array, expected: number): number {
  if (digits.length < expected) throw malformed("cut off in a length");
  if (digits[0] === 0) throw malformed("a length with a leading zero");
  if (expected > MAX_LENGTH_BYTES) throw malformed("a length beyond 32 bits");
  const length = digits.reduce((value, digit) => value * 256 + digit, 0);
  if (length <= 55) throw malformed("a long form where the short fits");
  return length;
}

/** The payload of the one list that `bytes` holds, with nothing behind it. */
export function readRlpList(bytes: Uint8Array): Uint8Array {
  const list = readRlp(bytes);
  if (!list.isList) throw malformed("not a list");
  if (list.encoded.length !== bytes.length) throw malformed("bytes left over");
  return list.payload;
}

/** The items of the one list that `bytes` holds. */
export function readRlpItems(bytes: Uint8Array): RlpSpan[] {
  const items: RlpSpan[] = [];
  for (let rest = readRlpList(bytes); rest.length > 0; ) {
    const item = readRlp(rest);
    items.push(item);
    rest = rest.subarray(item.encoded.length);
  }
  return items;
}

/** An integer as RLP writes it: big-endian, no leading zero. */
export function rlpInteger(payload: Uint8Array): bigint {
  if (payload[0] === 0) throw malformed("an integer with a leading zero");
  return payload.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}

export function encodeRlp(item: RlpItem): Uint8Array {
  if (!(item instanceof Uint8Array)) return prefixed(0xc0, concatBytes(...item.map(encodeRlp)));
  return item.length === 1 && (item[0] ?? 0) < 0x80 ? item : prefixed(0x80, item);
}

/** Big-endian without leading zeros; zero is empty. */
export function integerBytes(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const hex = value.toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

function prefixed(base: number, payload: Uint8Array): Uint8Array {
  if (payload.length <= 55) return concatBytes(Uint8Array.of(base + payload.length), payload);
  const length = integerBytes(BigInt(payload.length));
  return concatBytes(Uint8Array.of(base + 55 + length.length), length, payload);
}

function malformed(what: string): TouchmarkError {
  return new TouchmarkError("RLP_MALFORMED", { data: { what } });
}
