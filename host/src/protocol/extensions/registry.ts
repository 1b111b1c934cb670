// SPDX-License-Identifier: Apache-2.0
// touchmarkRegistry ::= OCTET STRING (20): address of the registry that a root's units sign claims and pairings for.
import { fromHex, toHex } from "../bytes.ts";
import { type DerReader, malformed } from "../der.ts";
import { type Asn1, octetString } from "../der-writer.ts";

/** @param address 0x and 40 hexadecimal digits */
export const registry = (address: string): Asn1 => octetString(fromHex(address));

export function readRegistry(reader: DerReader): string {
  const address = reader.octetString();
  if (address.length !== 20) throw malformed("OCTET STRING of 20 bytes expected");
  return `0x${toHex(address)}`;
}
