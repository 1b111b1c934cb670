// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { certificateVectors } from "../../protocol/vectors/lab/certificate/write.ts";
import { deviceVerdicts } from "../support/device-paths.ts";

describe("certificate vectors on the device's code", () => {
  const vectors = Object.values(certificateVectors).flat();
  let verdicts: string[];
  before(() => {
    verdicts = deviceVerdicts(vectors);
  });

  for (const [index, { faults, title, expect: expected }] of vectors.entries()) {
    it([...faults, title, expected === "ok" ? "is accepted" : `is ${expected}`].join(" "), () => {
      expect(verdicts[index]).to.equal(expected === "ok" ? "OK" : expected);
    });
  }
});
