// SPDX-License-Identifier: Apache-2.0
// DER by hand, and what is almost DER: for vectors. Shares nothing with the writer that it tests.

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
export const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const body = join(...contents);
  const digits = body.length.toString(16);
  const bytes = hex(digits.length % 2 === 0 ? digits : `0${digits}`);
  const length = body.length < 0x80 ? Uint8Array.of(body.length) : Uint8Array.of(0x80 | bytes.length, ...bytes);
  return join(Uint8Array.of(tag), length, body);
}

/** BER's longer form: the length in `size` bytes whether or not it needs them. */
export function tlvLong(tag: number, size: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const body = join(...contents);
  const length = hex(body.length.toString(16).padStart(2 * size, "0"));
  return join(Uint8Array.of(tag, 0x80 | size), length, body);
}

/** BER's indefinite form. */
export function tlvIndefinite(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  return join(Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0));
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x31, ...contents);
export const octets = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x04, ...contents);
export const oid = (contents: string): Uint8Array => tlv(0x06, hex(contents));
export const boolean = (byte: number): Uint8Array => tlv(0x01, Uint8Array.of(byte));
export const bits = (unused: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  tlv(0x03, Uint8Array.of(unused), ...contents);
/** From contents octets. */
export const integer = (contents: string): Uint8Array => tlv(0x02, hex(contents));
/** Not negative, minimal. */
export function unsigned(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return integer(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even);
}
export const text = (tag: number, value: string): Uint8Array => tlv(tag, Uint8Array.from(Buffer.from(value, "utf8")));
