// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import * as fc from "fast-check";
import { concatBytes, fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeFrame, FrameDecoder } from "../../host/src/protocol/console-frame.ts";
import { crc16 } from "../../host/src/protocol/crc16.ts";
import { smp } from "../../host/src/protocol/generated.ts";

const packet = fc.uint8Array({ maxLength: smp.packetBytes });
const decodeAll = (...chunks: Uint8Array[]): string[] => {
  const decoder = new FrameDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk)).map(toHex);
};

describe("console frame", () => {
  it("has the CRC of the catalogue", () => {
    expect(crc16(Buffer.from("123456789"))).to.equal(0x31c3);
  });

  it("writes an echo request as one line", () => {
    const echo = fromHex("02000009000042 00a1616465 68656c6c6f".replaceAll(" ", ""));
    expect(toHex(encodeFrame(echo).subarray(0, 2))).to.equal("0609");
    expect(Buffer.from(encodeFrame(echo).subarray(2)).toString("ascii")).to.equal("ABMCAAAJAABCAKFhZGVoZWxsb8EJ\n");
    expect(decodeAll(encodeFrame(echo))).to.deep.equal([toHex(echo)]);
  });

  it("keeps every line within 127 bytes and reads back", () => {
    fc.assert(
      fc.property(packet, (bytes) => {
        const frame = encodeFrame(bytes);
        for (const line of Buffer.from(frame).toString("latin1").split("\n")) {
          expect(line.length).to.be.lessThan(smp.lineBytes);
        }
        expect(decodeAll(frame)).to.deep.equal([toHex(bytes)]);
      }),
      { numRuns: 50 },
    );
  });

  it("A7 finds packets between noise, however the bytes are split", () => {
    const noise = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(noise, packet, noise, fc.integer({ min: 1, max: 100 }), (before, bytes, between, size) => {
        // A lone start mark in the noise takes its own line along: a newline ends it.
        const line = concatBytes(
          before,
          Uint8Array.of(10),
          encodeFrame(bytes),
          between,
          Uint8Array.of(10),
          encodeFrame(bytes),
        );
        const chunks = Array.from({ length: Math.ceil(line.length / size) }, (_, i) =>
          line.subarray(i * size, (i + 1) * size),
        );
        expect(decodeAll(...chunks)).to.deep.equal([toHex(bytes), toHex(bytes)]);
      }),
      { numRuns: 50 },
    );
  });

  it("A7 drops a packet with any bit of a line flipped, and finds the next", () => {
    const bytes = fromHex("0102030405060708");
    const frame = encodeFrame(bytes);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const damaged = Uint8Array.from(frame);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const found = decodeAll(damaged, Uint8Array.of(10), encodeFrame(bytes));
      expect(found, `bit ${bit}`).to.deep.equal([toHex(bytes)]);
    }
  });

  it("A10 refuses a length that lies, and content beyond a packet", () => {
    const lies = Buffer.from(encodeFrame(fromHex("00".repeat(8))));
    const content = Buffer.from(lies.subarray(2, -1).toString("latin1"), "base64");
    content.writeUInt16BE(0xffff, 0);
    const line = Buffer.concat([Buffer.of(6, 9), Buffer.from(`${content.toString("base64")}\n`)]);
    const more = Buffer.concat([Buffer.of(4, 20), Buffer.from(`${"AAAA".repeat(30)}\n`)]);
    expect(decodeAll(line, ...Array.from({ length: 1_000 }, () => more))).to.deep.equal([]);
  });

  it("A10 keeps no more than two lines of an endless one", () => {
    const frame = encodeFrame(fromHex("01"));
    expect(decodeAll(new Uint8Array(1_000_000).fill(0x41), frame)).to.deep.equal(["01"]);
  });
});
