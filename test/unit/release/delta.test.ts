// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import fc from "fast-check";
import { concatBytes } from "../../../host/src/protocol/bytes.ts";
import { applyDelta, encodeDelta } from "../../../host/src/protocol/delta.ts";
import { layouts } from "../../../host/src/protocol/generated.ts";
import { findChanges } from "../../../host/src/release/delta/find-changes.ts";
import { makeDelta } from "../../../host/src/release/delta/make-delta.ts";
import { suffixArray } from "../../../host/src/release/delta/suffix-array.ts";

// Few values, so that bytes repeat; and images of which parts moved.
const bytes = fc.uint8Array({ max: 3, maxLength: 80 });
const pair = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), fc.uint8Array({ maxLength: 40 }))
  .map(([base, from, to, fresh]) => ({
    base,
    image: concatBytes(
      base.subarray(from),
      fresh,
      base.subarray(0, to),
      base.map((byte, at) => (at % 9 ? byte : 1)),
    ),
  }));

describe("deltas", () => {
  it("are the image again, whatever the two images are", () => {
    const holds = (base: Uint8Array, image: Uint8Array): void => {
      expect(applyDelta(makeDelta(base, image), base, image.length)).to.deep.equal(Uint8Array.from(image));
    };
    fc.assert(fc.property(bytes, fc.uint8Array({ max: 3, minLength: 1, maxLength: 80 }), holds));
    fc.assert(fc.property(pair, ({ base, image }) => holds(base, image)));
  });

  it("are small where little changed: code that moved, and whose addresses changed", () => {
    const base = Uint8Array.from({ length: 40_000 }, (_, at) => (at * at * 2654435761) >>> 13);
    const moved = concatBytes(base.subarray(0, 9_000), Uint8Array.from({ length: 60 }), base.subarray(9_000));
    const image = moved.map((byte, at) => (at % 256 === 0 ? byte + 60 : byte));
    expect(makeDelta(base, image)).to.have.length.below(900);
    expect(makeDelta(base, base)).to.have.length.below(120);
  });

  it("cover the image without a gap, each copy inside the base", () => {
    fc.assert(
      fc.property(pair, ({ base, image }) => {
        const changes = findChanges(base, image);
        expect(changes.reduce((sum, { like, fresh }) => sum + like + fresh, 0)).to.equal(image.length);
        for (const { from, like } of changes) expect(from >= 0 && from + like <= base.length).to.equal(true);
      }),
    );
  });

  it("D26 no change of one byte of a delta gives another image unseen: refused, or made as the digest will tell", () => {
    const base = Uint8Array.from({ length: 300 }, (_, at) => at * 3);
    const image = concatBytes(base.subarray(100), base.subarray(0, 50));
    const honest = encodeDelta(base, image, findChanges(base, image));
    for (let at = 0; at < honest.length * 8; at++) {
      const altered = honest.slice();
      altered[at >> 3] = (altered[at >> 3] ?? 0) ^ (1 << (at & 7));
      let made: Uint8Array | undefined;
      try {
        made = applyDelta(altered, base, image.length);
      } catch (error) {
        expect(error)
          .to.have.property("code")
          .that.matches(/^DELTA_/);
      }
      if (at < layouts.deltaHeader.size * 8) expect(made).to.equal(undefined);
      if (made !== undefined) expect(made).to.have.length(image.length);
    }
  });

  it("are found by suffixes in their order", () => {
    fc.assert(
      fc.property(bytes, (text) => {
        const suffix = (at: number): string => Buffer.from(text.subarray(at)).toString("hex");
        const expected = [...text.keys()].toSorted((a, b) => (suffix(a) < suffix(b) ? -1 : 1));
        expect([...suffixArray(text)]).to.deep.equal(expected);
      }),
    );
  });
});
