// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";

const BYTES = 16;

/** INTEGER contents: 126 random bits behind 01, so that every number is positive and 16 bytes (RFC 5280 §4.1.2.2). */
export function newSerialNumber(): Uint8Array {
  const serial = Uint8Array.from(randomBytes(BYTES));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
