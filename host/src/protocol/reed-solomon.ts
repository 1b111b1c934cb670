// SPDX-License-Identifier: Apache-2.0
// The 12 check bytes that the ESP32-C3's fuse blocks of 32 bytes are burned with (TRM 4.3.1.3): RS(44, 32) over GF(2^8)
// with the polynomial 0x11d, generator roots 2^0 to 2^11.

const POLYNOMIAL = 0x11d;
const CHECK_BYTES = 12;
const DATA_BYTES = 32;

function multiply(left: number, right: number): number {
  let product = 0;
  let shifted = left;
  for (let bits = right; bits > 0; bits >>= 1) {
    if ((bits & 1) !== 0) product ^= shifted;
    shifted <<= 1;
    if (shifted > 0xff) shifted ^= POLYNOMIAL;
  }
  return product;
}

/** Coefficients of the product of (x - 2^i), highest first, without the leading 1. */
function generator(): number[] {
  let coefficients = [1];
  for (let root = 1, i = 0; i < CHECK_BYTES; i++, root = multiply(root, 2)) {
    const next = [...coefficients, 0];
    for (const [at, coefficient] of coefficients.entries())
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(coefficient, root);
    coefficients = next;
  }
  return coefficients.slice(1);
}

const GENERATOR = generator();

/** @throws RangeError for anything but 32 bytes */
export function fuseCheckBytes(data: Uint8Array): Uint8Array {
  if (data.length !== DATA_BYTES) throw new RangeError(`${data.length} bytes`);
  const rest = new Uint8Array(CHECK_BYTES);
  for (const byte of data) {
    const lead = byte ^ (rest[0] ?? 0);
    rest.copyWithin(0, 1);
    rest[CHECK_BYTES - 1] = 0;
    for (const [at, coefficient] of GENERATOR.entries()) rest[at] = (rest[at] ?? 0) ^ multiply(coefficient, lead);
  }
  return rest;
}
