// SPDX-License-Identifier: Apache-2.0
// What no honest SMP client puts on a unit's line. None of it may leave a trace, or keep the unit from its next answer.
import { setTimeout as sleep } from "node:timers/promises";
import { concatBytes } from "../../host/src/protocol/bytes.ts";
import { type CborInput, encode } from "../../host/src/protocol/cbor.ts";
import { encodeFrame } from "../../host/src/protocol/console-frame.ts";
import { crc16 } from "../../host/src/protocol/crc16.ts";
import { smp } from "../../host/src/protocol/generated.ts";
import { encodeSmpPacket, smpVersion } from "../../host/src/protocol/smp-packet.ts";

const { op, group, image, touchmark } = smp;
const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const sha = new Uint8Array(32).fill(7);
const data = new Uint8Array(64).fill(0xd8);

/** An upload chunk, or whatever stands in its place. */
function chunk(payload: CborInput | Uint8Array, overrides: { op?: number; sequence?: number } = {}): Uint8Array {
  const bytes = payload instanceof Uint8Array ? payload : encode(payload);
  const head = { op: op.write, version: smpVersion.v2, group: group.image, sequence: 1, command: image.upload };
  return encodeSmpPacket({ ...head, ...overrides, payload: bytes });
}

const hello = encodeSmpPacket({
  ...{ op: op.read, version: smpVersion.v2, group: group.touchmark, sequence: 9, command: touchmark.hello },
  payload: encode({}),
});

/** A frame whose own length field is another than its packet's. */
function frameOfLength(packet: Uint8Array, length: number): Uint8Array {
  const content = Buffer.alloc(packet.length + 4);
  content.writeUInt16BE(length, 0);
  content.set(packet, 2);
  content.writeUInt16BE(crc16(packet), packet.length + 2);
  return ascii(`\u0006\t${content.toString("base64")}\n`);
}

/** The same packet with another length in its header. */
function headerOfLength(packet: Uint8Array, length: number): Uint8Array {
  const lying = Buffer.from(packet);
  lying.writeUInt16BE(length, 2);
  return encodeFrame(lying);
}

const first = { off: 0, len: 100_000, sha, data };
const lengths = [0, 1, 2, 0x7fff, 0xffff];

/** By what they are; each a list of writes to the line. */
export const ATTACKS: Readonly<Record<string, readonly Uint8Array[]>> = {
  "frame lengths that lie": lengths.map((length) => frameOfLength(chunk(first), length)),
  "header lengths that lie": lengths.map((length) => headerOfLength(chunk(first), length)),
  "CBOR lengths that lie": [
    [0xa1, 0x64, ...ascii("data"), 0x5a, 0xff, 0xff, 0xff, 0xff, 1, 2, 3],
    [0xa1, 0x64, ...ascii("data"), 0x5b, ...sha.subarray(0, 8)],
    [0xbb, ...new Uint8Array(8).fill(0xff), 0x63, ...ascii("off"), 0],
    Array.from({ length: 1_000 }, () => 0x81),
  ].map((bytes) => encodeFrame(chunk(Uint8Array.from(bytes)))),
  "upload lengths that lie": [
    { ...first, len: 0 },
    { ...first, len: 1 },
    { ...first, len: 0xffff_ffff },
    { off: 0, sha, data },
    { ...first, sha: sha.subarray(1) },
    { ...first, data: new Uint8Array(0) },
  ].map((payload) => encodeFrame(chunk(payload))),
  "chunks out of order": [
    { off: 64, data },
    first,
    { off: 128, data },
    { off: 0xffff_fffe, data },
    { off: 64, data },
    { ...first, sha: new Uint8Array(32) },
    { off: 64, data },
    { off: 99_999, data },
    { off: -1, data },
  ].map((payload) => encodeFrame(chunk(payload))),
  "answers, unknown operations and a sequence number that never moves": [0, 1, 3, 4, 5, 6, 7, 3, 1].map((number) =>
    encodeFrame(chunk(first, { op: number })),
  ),
  "a frame without end": [
    concatBytes(ascii("\u0006\t//8="), ...Array.from({ length: 600 }, () => ascii(`\n\u0004\u0014${"A".repeat(120)}`))),
    ascii(`\u0006\t${"A".repeat(65_536)}`),
  ],
  "half a frame": [encodeFrame(chunk({ ...first, data: new Uint8Array(1_500) })).subarray(0, 900)],
};

/** One byte at a time. */
export async function writeSlowly(write: (bytes: Uint8Array) => Promise<void>, pauseMs: number): Promise<void> {
  for (const byte of encodeFrame(hello)) {
    await write(Uint8Array.of(byte));
    await sleep(pauseMs);
  }
}
