// SPDX-License-Identifier: Apache-2.0
// SUIT's class identifier: a UUIDv8 (RFC 9562 §5.8) over vendor and hardware model, so that a unit can check that a
// certificate's model is its own. protocol/bundle.md.

import { concatBytes } from "./bytes.ts";
import { domains } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";

/** @param vendorId 16 bytes */
export function classId(vendorId: Uint8Array, hardwareModel: string): Uint8Array {
  const hashed = sha256(concatBytes(Buffer.from(`${domains.class}\0`), vendorId, Buffer.from(hardwareModel, "utf8")));
  const id = Buffer.from(hashed.subarray(0, 16));
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x80, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  return Uint8Array.from(id);
}
