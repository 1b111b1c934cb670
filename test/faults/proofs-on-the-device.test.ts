// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { hostVerdict, questionOf, readVectors, vectorPaths } from "../support/proof-vectors.ts";
import { type DeviceVerdict, deviceVerdicts } from "../support/tm-verdict.ts";

describe("vectors of proofs on the device's code", function () {
  this.timeout(120_000);
  const entries = vectorPaths.flatMap((path) => {
    const { file } = readVectors(path);
    return file.cases.map((entry) => ({ path, entry, question: questionOf(file, entry) }));
  });
  let verdicts: DeviceVerdict[];

  before(() => {
    verdicts = deviceVerdicts(entries.map(({ question }) => question));
  });

  for (const [index, { path, entry, question }] of entries.entries()) {
    it(`${path}: ${entry.title} is ${entry.expect}, and leaves the same floor and epoch`, () => {
      expect(verdicts[index]).to.deep.equal(hostVerdict(question));
      expect(verdicts[index]?.verdict).to.equal(entry.expect);
    });
  }
});
