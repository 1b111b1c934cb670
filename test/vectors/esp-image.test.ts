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
