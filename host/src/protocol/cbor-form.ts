// SPDX-License-Identifier: Apache-2.0
// The bounds that CBOR must keep before a decoder may allocate for it: well-formed (RFC 8949 §3), depth, counts, the tags
// of this protocol, each key an integer or a string, and once.
import { TouchmarkError } from "../errors.ts";
import { compareBytes } from "./bytes.ts";
import { cose, limits } from "./generated.ts";

const TAGS: readonly number[] = [cose.tagSign1, cose.tagCwt, cose.tagSuitEnvelope];
const SIMPLE_FALSE = 20;
const SIMPLE_NULL = 22;
const utf8 = new TextDecoder("utf-8", { fatal: true });

interface Head {
  readonly major: number;
  readonly info: number;
  readonly value: number;
  readonly end: number;
}

/** @throws CBOR_MALFORMED, CBOR_TOO_DEEP, CBOR_NOT_DETERMINISTIC (an indefinite length or a float). */
export function checkForm(bytes: Uint8Array): void {
  if (skipItem(bytes, 0, 0) !== bytes.length) throw new TouchmarkError("CBOR_MALFORMED");
}

function skipItem(bytes: Uint8Array, start: number, depth: number): number {
  const head = readHead(bytes, start);
  if (head.major >= 4 && head.major <= 6 && depth >= limits.cborDepth) throw new TouchmarkError("CBOR_TOO_DEEP");
  switch (head.major) {
    case 2:
    case 3:
      return skipString(bytes, head);
    case 4:
      return skipArray(bytes, head, depth + 1);
    case 5:
      return skipMap(bytes, head, depth + 1);
    case 6:
      if (!TAGS.includes(head.value)) throw new TouchmarkError("CBOR_MALFORMED");
      return skipItem(bytes, head.end, depth + 1);
    case 7:
      return skipSimple(head);
    default:
      return head.end;
  }
}

// Lengths and counts beyond 2^53 lose precision here, and exceed every bound all the same.
function readHead(bytes: Uint8Array, start: number): Head {
  const first = byteAt(bytes, start);
  const major = first >> 5;
  const info = first & 0x1f;
  if (info < 24) return { major, info, value: info, end: start + 1 };
  if (info === 31 && major >= 2 && major <= 5) throw new TouchmarkError("CBOR_NOT_DETERMINISTIC");
  if (info > 27) throw new TouchmarkError("CBOR_MALFORMED");
  const end = start + 1 + (1 << (info - 24));
  let value = 0;
  for (let i = start + 1; i < end; i++) value = value * 256 + byteAt(bytes, i);
  return { major, info, value, end };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new TouchmarkError("CBOR_MALFORMED");
  return byte;
}

function skipString(bytes: Uint8Array, head: Head): number {
  if (head.value > bytes.length - head.end) throw new TouchmarkError("CBOR_MALFORMED");
  const end = head.end + head.value;
  if (head.major === 3) checkUtf8(bytes.subarray(head.end, end));
  return end;
}

function checkUtf8(bytes: Uint8Array): void {
  try {
    utf8.decode(bytes);
  } catch (cause) {
    throw new TouchmarkError("CBOR_MALFORMED", { cause });
  }
}

function skipArray(bytes: Uint8Array, head: Head, depth: number): number {
  if (head.value > limits.cborItems) throw new TouchmarkError("CBOR_MALFORMED");
  let at = head.end;
  for (let i = 0; i < head.value; i++) at = skipItem(bytes, at, depth);
  return at;
}

function skipMap(bytes: Uint8Array, head: Head, depth: number): number {
  if (head.value > limits.cborItems / 2) throw new TouchmarkError("CBOR_MALFORMED");
  let at = head.end;
  let before: Uint8Array | undefined;
  for (let i = 0; i < head.value; i++) {
    if (byteAt(bytes, at) >> 5 > 3) throw new TouchmarkError("CBOR_MALFORMED"); // integers and strings alone are keys
    const keyEnd = skipItem(bytes, at, depth);
    const key = bytes.subarray(at, keyEnd);
    if (before && compareBytes(before, key) === 0) throw new TouchmarkError("CBOR_MALFORMED");
    before = key;
    at = skipItem(bytes, keyEnd, depth);
  }
  return at;
}

function skipSimple(head: Head): number {
  if (head.info >= 25) throw new TouchmarkError("CBOR_NOT_DETERMINISTIC");
  if (head.value < SIMPLE_FALSE || head.value > SIMPLE_NULL) throw new TouchmarkError("CBOR_MALFORMED");
  return head.end;
}
