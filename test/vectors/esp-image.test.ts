// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import fc from "fast-check";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { decodeEspImage, encodeEspImage } from "../../host/src/protocol/esp-image.ts";
import vectors from "../../protocol/vectors/esp-image/image.json" with { type: "json" };
import { verdict } from "../support/refusal.ts";

describe("ESP images", () => {
  for (const { title, expect: expected, image } of vectors.cases) {
    it(`${title}: ${expected}`, () => {
      const bytes = fromHex(image);
      expect(verdict(() => decodeEspImage(bytes))).to.equal(expected);
      if (expected === "ok") expect(toHex(encodeEspImage(decodeEspImage(bytes)))).to.equal(image);
    });
  }

  it("refuses an entry that no segment loads, and segments over each other on either bus", () => {
    const made = (entry: number, ...addresses: number[]): string =>
      verdict(() =>
        encodeEspImage({ entry, segments: addresses.map((address) => ({ address, bytes: new Uint8Array(64) })) }),
      );
    expect(made(0x403c0000, 0x3fcc0000), "the data bus's address of the same cells").to.equal("ok");
    expect(made(0x4037c000, 0x4037c000, 0x3fc80000), "which the first 16 KiB do not have").to.equal("ok");
    expect(made(0x403c0000, 0x403c0000, 0x403c0040)).to.equal("ok");
    expect(made(0x40380000, 0x3fcc0000), "an entry elsewhere").to.equal("ESP_IMAGE_SEGMENT");
    expect(made(0x403c0040, 0x403c0000), "an entry behind").to.equal("ESP_IMAGE_SEGMENT");
    expect(made(0x3fcc0000, 0x3fcc0000), "an entry on the data bus").to.equal("ESP_IMAGE_SEGMENT");
    expect(made(0x403c0000, 0x403c0000, 0x403c003c)).to.equal("ESP_IMAGE_SEGMENT");
    expect(made(0x403c0000, 0x3fcc0000, 0x403c0020), "over each other on two buses").to.equal("ESP_IMAGE_SEGMENT");
  });

  it("no altered byte passes, and none is anything but a refusal", () => {
    const image = fromHex(vectors.cases[1]?.image ?? "");
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Uint8Array.from(image);
        altered[at] = (altered[at] ?? 0) ^ flip;
        expect(verdict(() => decodeEspImage(altered))).to.match(/^ESP_IMAGE_/);
      }),
      { numRuns: 500 },
    );
  });
});
