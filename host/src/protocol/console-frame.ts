// SPDX-License-Identifier: Apache-2.0
// SMP's console framing: a packet goes out as text lines `06 09 <base64> 0a`, continued by `04 14 <base64> 0a`. Inside the
// base64: length (2 bytes, big-endian, CRC included), packet, CRC-16/XMODEM of the packet. Everything else on the line is
// noise (boot banners, a console), and is passed over.
import { concatBytes } from "./bytes.ts";
import { crc16 } from "./crc16.ts";
import { smp } from "./generated.ts";

const START: readonly [number, number] = [0x06, 0x09];
const CONTINUATION: readonly [number, number] = [0x04, 0x14];
const NEWLINE = 0x0a;
const CRC_BYTES = 2;
// Markers and newline take three bytes of the line; base64 comes in quanta of four.
const BASE64_PER_LINE = Math.floor((smp.lineBytes - 3) / 4) * 4;
const CONTENT_MAX = 2 + smp.packetBytes + CRC_BYTES;

export function encodeFrame(packet: Uint8Array): Uint8Array {
  const content = Buffer.alloc(2 + packet.length + CRC_BYTES);
  content.writeUInt16BE(packet.length + CRC_BYTES, 0);
  content.set(packet, 2);
  content.writeUInt16BE(crc16(packet), 2 + packet.length);
  const text = content.toString("base64");
  const lines: Uint8Array[] = [];
  for (let at = 0; at < text.length; at += BASE64_PER_LINE) {
    lines.push(Uint8Array.from(at === 0 ? START : CONTINUATION));
    lines.push(Buffer.from(`${text.slice(at, at + BASE64_PER_LINE)}\n`, "ascii"));
  }
  return concatBytes(...lines);
}

/** Finds the packets in a stream. What is cut off, damaged or too long is dropped; the next start mark begins anew. */
export class FrameDecoder {
  #line: number[] = [];
  #content: Uint8Array | undefined;

  push(bytes: Uint8Array): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (const byte of bytes) {
      if (byte !== NEWLINE) {
        this.#keep(byte);
        continue;
      }
      const packet = this.#endLine();
      if (packet) packets.push(packet);
    }
    return packets;
  }

  // The tail of an endless line is enough: a frame's own line is shorter.
  #keep(byte: number): void {
    this.#line.push(byte);
    if (this.#line.length > 2 * smp.lineBytes) this.#line.splice(0, smp.lineBytes);
  }

  #endLine(): Uint8Array | undefined {
    const line = this.#line;
    this.#line = [];
    const start = lastIndexOfPair(line, START);
    const continuation = lastIndexOfPair(line, CONTINUATION);
    if (start < 0 && continuation < 0) return undefined;
    const before = start >= 0 ? new Uint8Array() : this.#content;
    this.#content = undefined;
    const more = decodeBase64(line.slice(Math.max(start, continuation) + 2));
    if (!before || !more || before.length + more.length > CONTENT_MAX) return undefined;
    return this.#complete(concatBytes(before, more));
  }

  #complete(content: Uint8Array): Uint8Array | undefined {
    const view = Buffer.from(content);
    const length = view.length < 2 ? CRC_BYTES : view.readUInt16BE(0);
    if (length < CRC_BYTES || length > smp.packetBytes + CRC_BYTES) return undefined;
    if (view.length < 2 + length) {
      this.#content = content;
      return undefined;
    }
    const packet = content.slice(2, length);
    const matches = view.length === 2 + length && view.readUInt16BE(length) === crc16(packet);
    return matches ? packet : undefined;
  }
}

function lastIndexOfPair(bytes: readonly number[], [first, second]: readonly [number, number]): number {
  for (let i = bytes.length - 2; i >= 0; i--) if (bytes[i] === first && bytes[i + 1] === second) return i;
  return -1;
}

function decodeBase64(bytes: readonly number[]): Uint8Array | undefined {
  const text = String.fromCharCode(...bytes).replace(/\r$/, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, "base64");
}
