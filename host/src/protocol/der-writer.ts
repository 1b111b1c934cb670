// SPDX-License-Identifier: Apache-2.0
// DER values as node-forge builds them. Object identifiers come as generated contents octets.
import forge from "node-forge";
import { fromHex } from "./bytes.ts";
import { namedBitLength } from "./der.ts";
import { encodeTime } from "./der-time.ts";

const { asn1 } = forge;
const { Class, Type } = asn1;

export type Asn1 = forge.asn1.Asn1;

export function encodeDer(value: Asn1): Uint8Array {
  return Uint8Array.from(Buffer.from(asn1.toDer(value).getBytes(), "latin1"));
}

export const sequence = (...children: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, children);
export const set = (...children: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SET, true, children);
/** [number] EXPLICIT, or IMPLICIT over a constructed type. */
export const context = (number: number, ...children: Asn1[]): Asn1 =>
  asn1.create(Class.CONTEXT_SPECIFIC, number, true, children);
/** [number] IMPLICIT over a primitive type. */
export const contextBytes = (number: number, value: Uint8Array): Asn1 =>
  asn1.create(Class.CONTEXT_SPECIFIC, number, false, latin1(value));

export const boolean = (value: boolean): Asn1 => primitive(Type.BOOLEAN, Uint8Array.of(value ? 0xff : 0x00));
export const oid = (contents: string): Asn1 => primitive(Type.OID, fromHex(contents));
export const octetString = (value: Uint8Array): Asn1 => primitive(Type.OCTETSTRING, value);
export const utf8String = (value: string): Asn1 => primitive(Type.UTF8, Buffer.from(value, "utf8"));
export const printableString = (value: string): Asn1 => primitive(Type.PRINTABLESTRING, Buffer.from(value, "latin1"));
export const nothing = (): Asn1 => primitive(Type.NULL, new Uint8Array());

/** INTEGER from its contents octets, minimal already. */
export const integerContents = (contents: Uint8Array): Asn1 => primitive(Type.INTEGER, contents);
export const integer = (value: bigint | number): Asn1 => integerContents(unsignedContents(BigInt(value)));
export const enumerated = (value: number): Asn1 => primitive(Type.ENUMERATED, unsignedContents(BigInt(value)));

export const bitBytes = (value: Uint8Array): Asn1 => primitive(Type.BITSTRING, Uint8Array.of(0, ...value));
/** Up to 16 named bits, bit 0 is 0x8000, trailing zeros left out. */
export function namedBits(bits: number): Asn1 {
  const length = namedBitLength(bits);
  const bytes = [bits >> 8, bits & 0xff].slice(0, Math.ceil(length / 8));
  return primitive(Type.BITSTRING, Uint8Array.of((8 - (length % 8)) % 8, ...bytes));
}

/** Unix seconds. */
export function time(seconds: number): Asn1 {
  const { text, general } = encodeTime(seconds);
  return primitive(general ? Type.GENERALIZEDTIME : Type.UTCTIME, Buffer.from(text, "latin1"));
}

function primitive(type: forge.asn1.Type, value: Uint8Array): Asn1 {
  return asn1.create(Class.UNIVERSAL, type, false, latin1(value));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function unsignedContents(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return fromHex(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even);
}
