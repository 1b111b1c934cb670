// SPDX-License-Identifier: Apache-2.0
// SMP's packet: an 8-byte header (`res(3) ver(2) op(3)`, flags, length, group, sequence, command; big-endian), then CBOR.
import { TouchmarkError } from "../errors.ts";
import { smp } from "./generated.ts";

export const smpVersion = { v1: 0, v2: 1 } as const;

export interface SmpPacket {
  readonly op: number;
  readonly version: number;
  readonly group: number;
  /** 0 … 255; the answer carries the request's. */
  readonly sequence: number;
  readonly command: number;
  readonly payload: Uint8Array;
}

export function encodeSmpPacket(packet: SmpPacket): Uint8Array {
  const bytes = Buffer.alloc(smp.headerBytes + packet.payload.length);
  bytes.writeUInt8((packet.version << 3) | packet.op, 0);
  bytes.writeUInt16BE(packet.payload.length, 2);
  bytes.writeUInt16BE(packet.group, 4);
  bytes.writeUInt8(packet.sequence, 6);
  bytes.writeUInt8(packet.command, 7);
  bytes.set(packet.payload, smp.headerBytes);
  return bytes;
}

/** @throws FRAME_MALFORMED where the length field is not the payload's. */
export function decodeSmpPacket(packet: Uint8Array): SmpPacket {
  const bytes = Buffer.from(packet);
  if (bytes.length < smp.headerBytes || bytes.readUInt16BE(2) !== bytes.length - smp.headerBytes) {
    throw new TouchmarkError("FRAME_MALFORMED", { data: { bytes: bytes.length } });
  }
  return {
    op: bytes.readUInt8(0) & 0x07,
    version: (bytes.readUInt8(0) >> 3) & 0x03,
    group: bytes.readUInt16BE(4),
    sequence: bytes.readUInt8(6),
    command: bytes.readUInt8(7),
    payload: packet.slice(smp.headerBytes),
  };
}
