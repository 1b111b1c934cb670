// SPDX-License-Identifier: Apache-2.0
// Which slot boots, and why. protocol/flash.md.
import { crc32 } from "node:zlib";
import { bootState, layouts } from "./generated.ts";

export interface BootRecord {
  /** Of two cells, the higher one counts. */
  readonly sequence: number;
  readonly slot: 0 | 1;
  readonly state: keyof typeof bootState;
  readonly previousSlot: 0 | 1;
  readonly reverts: number;
  readonly manifestDigest: Uint8Array;
}

const { fields, size, magic } = layouts.bootRecord;

export function encodeBootRecord(record: BootRecord): Uint8Array {
  const bytes = Buffer.alloc(size);
  bytes.write(magic, fields.magic.offset, "ascii");
  bytes.writeUInt32BE(record.sequence, fields.sequence.offset);
  bytes.writeUInt8(record.slot, fields.slot.offset);
  bytes.writeUInt8(bootState[record.state], fields.state.offset);
  bytes.writeUInt8(record.previousSlot, fields.previousSlot.offset);
  bytes.writeUInt8(record.reverts, fields.reverts.offset);
  bytes.set(record.manifestDigest, fields.manifestDigest.offset);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, fields.crc32.offset)), fields.crc32.offset);
  return bytes;
}
