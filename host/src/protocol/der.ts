// SPDX-License-Identifier: Apache-2.0
// Strict DER reader (X.690 §8, §10, §11): definite minimal lengths, one-byte tags, nothing left over. It pulls what its
// caller names and never recurses, so its depth is the caller's. node-forge only writes (der-writer.ts): it reads BER
// too and cuts OID arcs at 32 bits.
import { TouchmarkError } from "../errors.ts";
import { toHex } from "./bytes.ts";
import { decodeTime } from "./der-time.ts";

export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific tags: [n] primitive and [n] constructed. */
export const contextTag = (number: number): number => 0x80 | number;
export const contextConstructedTag = (number: number): number => 0xa0 | number;

const LENGTH_BYTES_MAX = 3;
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

export class DerReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Tag of the next element; undefined at the end. */
  get tag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** Contents of the next element. @throws DER_MALFORMED, as all below, unless it has this tag and strict form. */
  contents(tag: number): Uint8Array {
    const { body, end } = this.#header(tag);
    this.#offset = end;
    return this.#bytes.subarray(body, end);
  }

  /** The next element whole, tag and length included. */
  element(tag: number): Uint8Array {
    const start = this.#offset;
    this.#offset = this.#header(tag).end;
    return this.#bytes.subarray(start, this.#offset);
  }

  /** Reads the inside of a constructed element; all of it has to be read. */
  within<T>(tag: number, read: (inner: DerReader) => T): T {
    const inner = new DerReader(this.contents(tag));
    const value = read(inner);
    inner.end();
    return value;
  }

  /** The same of the only element that is left: first of all nothing may stand behind it. */
  only<T>(tag: number, read: (inner: DerReader) => T): T {
    if (this.#header(tag).end !== this.#bytes.length) throw malformed("bytes left over");
    return this.within(tag, read);
  }

  /** Elements of a SEQUENCE OF or SET OF, at most `maximum`. */
  list<T>(tag: number, maximum: number, read: (inner: DerReader) => T): T[] {
    return this.within(tag, (inner) => {
      const values: T[] = [];
      while (inner.tag !== undefined) {
        if (values.length === maximum) throw malformed("too many elements");
        values.push(read(inner));
      }
      return values;
    });
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw malformed("bytes left over");
  }

  boolean(): boolean {
    const value = this.contents(Tag.boolean);
    if (value.length !== 1 || (value[0] !== 0x00 && value[0] !== 0xff)) throw malformed("BOOLEAN");
    return value[0] === 0xff;
  }

  /** Contents octets, two's complement, minimal. */
  integer(tag: number = Tag.integer): Uint8Array {
    const value = this.contents(tag);
    const [first, second] = value;
    if (first === undefined) throw malformed("INTEGER without contents");
    if (second !== undefined && (first === 0x00 || first === 0xff) && first >> 7 === second >> 7)
      throw malformed("INTEGER not minimal");
    return value;
  }

  /** Not negative, below 2^64. */
  uint64(tag: number = Tag.integer): bigint {
    const value = this.integer(tag);
    if ((value[0] ?? 0) >= 0x80) throw malformed("INTEGER negative");
    if (value.length > 9 || (value.length === 9 && value[0] !== 0)) throw malformed("INTEGER above 64 bits");
    return BigInt(`0x${toHex(value)}`);
  }

  /** Contents octets, in lower hexadecimal: as the generated `oids` give them. */
  oid(): string {
    const value = this.contents(Tag.oid);
    let arcStart = true;
    for (const byte of value) {
      if (arcStart && byte === 0x80) throw malformed("OBJECT IDENTIFIER not minimal");
      arcStart = byte < 0x80;
    }
    if (value.length === 0 || !arcStart) throw malformed("OBJECT IDENTIFIER cut");
    return toHex(value);
  }

  octetString(): Uint8Array {
    return this.contents(Tag.octetString);
  }

  /** A BIT STRING of whole bytes. */
  bitBytes(): Uint8Array {
    const value = this.contents(Tag.bitString);
    if (value[0] !== 0) throw malformed("BIT STRING of part of a byte");
    return value.subarray(1);
  }

  /** A named bit list of up to 16 bits, bit 0 is 0x8000; without trailing zero bits (X.690 §11.2.2). */
  namedBits(): number {
    const [unused, high = 0, low = 0, ...more] = this.contents(Tag.bitString);
    const bits = (high << 8) | low;
    const length = namedBitLength(bits);
    if (unused === undefined || more.length > 0 || unused > 7) throw malformed("BIT STRING");
    if (length === 0 ? unused !== 0 : unused !== (8 - (length % 8)) % 8) throw malformed("BIT STRING not minimal");
    return bits;
  }

  text(tag: typeof Tag.utf8String | typeof Tag.printableString | typeof Tag.ia5String): string {
    const value = this.contents(tag);
    const text = tag === Tag.utf8String ? utf8(value) : Buffer.from(value).toString("latin1");
    if (tag === Tag.printableString && !PRINTABLE.test(text)) throw malformed("PrintableString");
    if (tag === Tag.ia5String && value.some((byte) => byte > 0x7f)) throw malformed("IA5String");
    return text;
  }

  /** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5), in unix seconds. */
  time(): number {
    const general = this.tag === Tag.generalizedTime;
    const value = this.contents(general ? Tag.generalizedTime : Tag.utcTime);
    return decodeTime(Buffer.from(value).toString("latin1"), general);
  }

  #header(tag: number): { body: number; end: number } {
    const bytes = this.#bytes;
    const start = this.#offset;
    if (bytes[start] !== tag) throw malformed(`tag ${hexByte(tag)} expected, ${hexByte(bytes[start])} found`);
    const first = bytes[start + 1];
    if (first === undefined) throw malformed("length cut");
    const long = first & 0x80 ? first & 0x7f : 0;
    if (first === 0x80 || long > LENGTH_BYTES_MAX) throw malformed("length form");
    const body = start + 2 + long;
    if (body > bytes.length) throw malformed("length cut");
    let length = first;
    if (long > 0) {
      length = 0;
      for (const byte of bytes.subarray(start + 2, body)) length = length * 256 + byte;
      if (length < 0x80 || length < 256 ** (long - 1)) throw malformed("length not minimal");
    }
    if (length > bytes.length - body) throw malformed("length beyond the end");
    return { body, end: body + length };
  }
}

/** One element and nothing after it. */
export function readDer<T>(bytes: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}

/** Bits of a named list up to its last 1, of 16. */
export function namedBitLength(bits: number): number {
  let length = 16;
  while (length > 0 && ((bits >> (16 - length)) & 1) === 0) length -= 1;
  return length;
}

export function malformed(what: string): TouchmarkError {
  return new TouchmarkError("DER_MALFORMED", { data: { what } });
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TouchmarkError("DER_MALFORMED", { data: { what: "UTF8String" }, cause });
  }
}

function hexByte(byte: number | undefined): string {
  return byte === undefined ? "the end" : `0x${byte.toString(16).padStart(2, "0")}`;
}
