// SPDX-License-Identifier: Apache-2.0
// Byte strings: order, joining, hexadecimal.

/** Bytewise lexicographic order: negative, 0 or positive, as Array.sort wants it. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, b) === 0;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Lower case, no prefix. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Any case, with or without 0x. @throws RangeError if it is not whole bytes of hexadecimal. */
export function fromHex(text: string): Uint8Array {
  const digits = text.startsWith("0x") ? text.slice(2) : text;
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new RangeError("not hexadecimal");
  return Uint8Array.from(Buffer.from(digits, "hex"));
}
