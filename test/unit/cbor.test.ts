// SPDX-License-Identifier: Apache-2.0

import { cdeEncodeOptions, encode as oracleEncode } from "cbor2";
import { expect } from "chai";
import * as fc from "fast-check";
import { TouchmarkError } from "../../host/src/errors.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { type CborInput, decode, encode, Tag } from "../../host/src/protocol/cbor.ts";

const code = (hex: string): string => {
  try {
    decode(fromHex(hex));
    return "ok";
  } catch (error) {
    if (error instanceof TouchmarkError) return error.code;
    throw error;
  }
};

const integer = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }));
const value = fc.letrec<{ value: CborInput }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    integer,
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 30 }),
    fc
      .uniqueArray(fc.tuple(fc.oneof(integer, fc.string()), tie("value")), { selector: ([key]) => toHex(encode(key)) })
      .map((entries) => new Map(entries)),
  ),
})).value;

describe("CBOR", () => {
  it("D20 encodes every value as the reference encoder does", () => {
    fc.assert(
      fc.property(value, (v) => {
        expect(toHex(encode(v))).to.equal(toHex(oracleEncode(v, { ...cdeEncodeOptions, collapseBigInts: true })));
      }),
    );
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = encode(v);
        expect(toHex(encode(decode(bytes)))).to.equal(toHex(bytes));
      }),
    );
  });

  it("sorts map keys bytewise, integers before texts, whatever the order given", () => {
    const map = new Map<CborInput, CborInput>([
      ["#firmware", 5],
      [-257, 4],
      [21, 3],
      [3, 2],
      ["#chain", 1],
    ]);
    expect([...(decode(encode(map)) as Map<unknown, unknown>).keys()]).to.deep.equal([
      3,
      21,
      -257,
      "#chain",
      "#firmware",
    ]);
  });

  it("leaves undefined members of an object out", () => {
    expect(toHex(encode({ b: 1, a: undefined }))).to.equal("a1616201");
  });

  it("keeps the envelope's tag", () => {
    const tagged = decode(fromHex("d86ba10102"));
    expect(tagged).to.be.instanceOf(Tag).with.property("tag", 107);
  });

  it("refuses to write a float or an integer beyond 64 bits", () => {
    for (const v of [1.5, NaN, 2 ** 64, 2n ** 64n, -(2n ** 64n)])
      expect(() => encode(v))
        .to.throw(TouchmarkError)
        .with.property("code", "CBOR_NOT_DETERMINISTIC");
  });

  const bad: readonly [title: string, hex: string, code: string][] = [
    ["nothing", "", "CBOR_MALFORMED"],
    ["two items", "0101", "CBOR_MALFORMED"],
    ["a string cut off", "4201", "CBOR_MALFORMED"],
    ["a length of 2^64 - 1", "5bffffffffffffffff", "CBOR_MALFORMED"],
    ["a count beyond the bound", `990101${"00".repeat(257)}`, "CBOR_MALFORMED"],
    ["a reserved head", "1c", "CBOR_MALFORMED"],
    ["a text that is not UTF-8", "61ff", "CBOR_MALFORMED"],
    ["a key twice", "a201000100", "CBOR_MALFORMED"],
    ["a tag outside the protocol", "c11a514b67b0", "CBOR_MALFORMED"],
    ["undefined", "f7", "CBOR_MALFORMED"],
    ["a long head", "1801", "CBOR_NOT_DETERMINISTIC"],
    ["a long length", "580101", "CBOR_NOT_DETERMINISTIC"],
    ["a long 64-bit integer", "1b00000000ffffffff", "CBOR_NOT_DETERMINISTIC"],
    ["keys out of order", "a202000100", "CBOR_NOT_DETERMINISTIC"],
    ["an indefinite array", "9f01ff", "CBOR_NOT_DETERMINISTIC"],
    ["a float", "f93c00", "CBOR_NOT_DETERMINISTIC"],
    ["depth 9", `${"81".repeat(9)}00`, "CBOR_TOO_DEEP"],
    ["depth 30,000", "81".repeat(30_000), "CBOR_TOO_DEEP"],
  ];
  for (const [title, hex, expected] of bad)
    it(`D20 D21 D22 refuses ${title}`, () => {
      expect(code(hex)).to.equal(expected);
    });

  it("takes depth 8", () => {
    expect(code(`${"81".repeat(8)}00`)).to.equal("ok");
  });
});
