// SPDX-License-Identifier: Apache-2.0
// KeyUsage (RFC 5280 §4.2.1.3), as a mask whose bit 0 is 0x8000.
import type { DerReader } from "../der.ts";
import { type Asn1, namedBits } from "../der-writer.ts";

/** The bits that certificates of the profile use. */
export const KeyUsage = { digitalSignature: 0x8000, keyCertSign: 0x0400, cRLSign: 0x0200 } as const;

export type KeyUsageName = keyof typeof KeyUsage;

export const keyUsage = (bits: number): Asn1 => namedBits(bits);
export const readKeyUsage = (reader: DerReader): number => reader.namedBits();
