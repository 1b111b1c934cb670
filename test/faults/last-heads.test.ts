// SPDX-License-Identifier: Apache-2.0
// Heads in the last bytes of what a unit stages: cut off there by a longer bundle, or merely wrong. Both verifiers tell
// the one from the other alike.
import { expect } from "chai";
import { decodeBundle, encodeBundle } from "../../host/src/protocol/bundle.ts";
import { limits } from "../../host/src/protocol/generated.ts";
import { bundleOf } from "../../protocol/vectors/lab/make.ts";
import { HONEST } from "../../protocol/vectors/lab/scenario.ts";
import { unitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { hostVerdict } from "../support/proof-vectors.ts";
import { deviceVerdicts, type Question } from "../support/tm-verdict.ts";

const BEYOND = 64; // bytes of the bundle that are not staged
// Of each major type: short, with an argument of 1, 2, 4, 8 bytes, reserved, indefinite; and the simple values.
const FIRST_BYTES = [
  0x00, 0x17, 0x18, 0x1b, 0x1c, 0x1f, 0x40, 0x5b, 0x5f, 0x65, 0x66, 0x69, 0x78, 0x79, 0x7b, 0x7f,
].concat([
  0x84, 0x9f, 0xa4, 0xbf, 0xc1, 0xd8, 0xdb, 0xe0, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xff,
]);

describe("a head in the last bytes before 32 KiB", function () {
  this.timeout(60_000);

  it("D7 D22 has the same verdict on both sides, wherever it is cut and whatever it is", () => {
    const parts = decodeBundle(bundleOf(HONEST));
    const bare = encodeBundle({
      ...parts,
      chain: new Uint8Array(1_000),
      payload: { kind: "firmware", bytes: Buffer.alloc(99) },
    });
    const keyAt = Buffer.from(bare).lastIndexOf("#firmware") - 1;
    const unit = unitJson(HONEST.unit);
    const questions = Array.from({ length: 12 }, (_, left): Question[] => {
      const chain = new Uint8Array(1_000 + limits.bundleStagingBytes - left - keyAt);
      const filled = encodeBundle({ ...parts, chain, payload: { kind: "firmware", bytes: new Uint8Array(BEYOND) } });
      const key = Buffer.from(filled).lastIndexOf("#firmware") - 1;
      return FIRST_BYTES.map((first) => {
        const input = filled.slice();
        input[key] = first;
        return { step: "bundle", unit, input };
      });
    }).flat();
    const device = deviceVerdicts(questions);
    const differences = questions.flatMap((question, index) => {
      const host = hostVerdict(question).verdict;
      return host === device[index]?.verdict ? [] : [`${index}: host ${host}, device ${device[index]?.verdict}`];
    });
    expect(differences).to.deep.equal([]);
    expect(new Set(device.map(({ verdict }) => verdict))).to.deep.equal(
      new Set(["ENVELOPE_TOO_LARGE", "ENVELOPE_MALFORMED"]),
    );
  });
});
