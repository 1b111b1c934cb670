// SPDX-License-Identifier: Apache-2.0
// SUIT's vendor identifier: a UUIDv5 in the DNS namespace (RFC 9124 §3.1.1, RFC 9562 §5.5). protocol/bundle.md.
import { createHash } from "node:crypto";
import { fromHex } from "./bytes.ts";

// RFC 9562 §6.6
const DNS_NAMESPACE = fromHex("6ba7b8109dad11d180b400c04fd430c8");

/** @param domain the vendor's, `acme.example`; in lower case @returns 16 bytes */
export function vendorId(domain: string): Uint8Array {
  const id = createHash("sha1").update(DNS_NAMESPACE).update(domain.toLowerCase(), "utf8").digest().subarray(0, 16);
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x50, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  return Uint8Array.from(id);
}
