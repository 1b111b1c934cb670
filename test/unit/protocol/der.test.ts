// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import fc from "fast-check";
import { fromHex } from "../../../host/src/protocol/bytes.ts";
import { type DerReader, readDer, Tag } from "../../../host/src/protocol/der.ts";
import { NO_EXPIRY } from "../../../host/src/protocol/der-time.ts";
import { bitBytes, encodeDer, integer, namedBits, octetString, time } from "../../../host/src/protocol/der-writer.ts";
import { verdict } from "../../support/refusal.ts";

const read = (hex: string, how: (reader: DerReader) => unknown): string => verdict(() => readDer(fromHex(hex), how));
const octets = (reader: DerReader) => reader.octetString();

describe("strict DER", () => {
  it("B9 takes a length in its shortest form only, inside its input", () => {
    expect(read("0401aa", octets)).to.equal("ok");
    expect(read(`048180${"aa".repeat(128)}`, octets)).to.equal("ok");
    for (const wrong of [
      "048101aa",
      "04820001aa",
      `04820080${"aa".repeat(128)}`,
      "0480aa0000",
      "0402aa",
      "04",
      "",
      "04840000000100",
      "0481",
    ])
      expect(read(wrong, octets), wrong).to.equal("DER_MALFORMED");
  });

  it("B9 leaves nothing over", () => {
    expect(read("0401aa00", octets)).to.equal("DER_MALFORMED");
    expect(read("30050401aa0500", (reader) => reader.within(Tag.sequence, octets))).to.equal("DER_MALFORMED");
  });

  it("B9 D22 takes minimal INTEGERs, unsigned ones below 2^64", () => {
    const unsigned = (reader: DerReader) => reader.uint64();
    for (const good of ["020100", "02017f", "02020080", "020900ffffffffffffffff"])
      expect(read(good, unsigned), good).to.equal("ok");
    for (const wrong of [
      "0200",
      "02020001",
      "0202ff80",
      "020180",
      "0209010000000000000000",
      "020a00ffffffffffffffffff",
    ])
      expect(read(wrong, unsigned), wrong).to.equal("DER_MALFORMED");
  });

  it("B9 takes BOOLEAN as 00 or ff, BIT STRINGs without stray bits, and whole object identifiers", () => {
    for (const wrong of ["010101", "0100", "01020000"])
      expect(read(wrong, (reader) => reader.boolean())).to.equal("DER_MALFORMED");
    for (const wrong of ["0300", "03020780ff", "03020082", "03020700", "03020801", "030407000001"])
      expect(
        read(wrong, (reader) => reader.namedBits()),
        wrong,
      ).to.equal("DER_MALFORMED");
    for (const wrong of ["0600", "06022b80", "0603808101", "060188"])
      expect(
        read(wrong, (reader) => reader.oid()),
        wrong,
      ).to.equal("DER_MALFORMED");
    expect(read("0302018f", (reader) => reader.bitBytes())).to.equal("DER_MALFORMED");
  });

  it("B9 takes text of its alphabet only", () => {
    expect(read("0c02c328", (reader) => reader.text(Tag.utf8String))).to.equal("DER_MALFORMED");
    expect(read("130140", (reader) => reader.text(Tag.printableString))).to.equal("DER_MALFORMED");
    expect(read("160180", (reader) => reader.text(Tag.ia5String))).to.equal("DER_MALFORMED");
  });

  it("B11 reads lists no longer than it was told", () => {
    const list = (reader: DerReader) => reader.list(Tag.sequence, 2, octets);
    expect(read("300404000400", list)).to.equal("ok");
    expect(read("3006040004000400", list)).to.equal("DER_MALFORMED");
  });

  it("reads back what it writes: integers, bits, bytes and every second of validity", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 0, max: 0xffff }),
        (value, bytes, bits) => {
          expect(readDer(encodeDer(integer(value)), (reader) => reader.uint64())).to.equal(value);
          expect(readDer(encodeDer(octetString(bytes)), octets)).to.deep.equal(bytes);
          expect(readDer(encodeDer(bitBytes(bytes)), (reader) => reader.bitBytes())).to.deep.equal(bytes);
          expect(readDer(encodeDer(namedBits(bits)), (reader) => reader.namedBits())).to.equal(bits);
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: NO_EXPIRY }), (seconds) => {
        expect(readDer(encodeDer(time(seconds)), (reader) => reader.time())).to.equal(seconds);
      }),
      { numRuns: 200, examples: [[2_524_607_999], [2_524_608_000], [NO_EXPIRY]] },
    );
  });
});
