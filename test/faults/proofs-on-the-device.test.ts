// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { hostVerdict, questionOf, readVectors, vectorPaths } from "../support/proof-vectors.ts";
import { type DeviceVerdict, deviceVerdicts, emulatedVerdicts } from "../support/tm-verdict.ts";

describe("vectors of proofs on the device's code", function () {
  this.timeout(120_000);
  const entries = vectorPaths.flatMap((path) => {
    const { file } = readVectors(path);
    return file.cases.map((entry) => ({ path, entry, question: questionOf(file, entry) }));
  });
  const questions = entries.map(({ question }) => question);
  let verdicts: DeviceVerdict[];

  before(() => {
    verdicts = deviceVerdicts(questions);
  });

  for (const [index, { path, entry, question }] of entries.entries()) {
    it(`${path}: ${entry.title} is ${entry.expect}, and leaves the same floor and epoch`, () => {
      expect(verdicts[index]).to.deep.equal(hostVerdict(question));
      expect(verdicts[index]?.verdict).to.equal(entry.expect);
    });
  }

  it(`D16 all ${entries.length}: rv32imc in QEMU, C on this machine and TypeScript give one verdict, floor and epoch`, () => {
    const emulated = emulatedVerdicts(questions).verdicts.map(({ work: _work, ...verdict }) => verdict);
    expect(emulated).to.deep.equal(verdicts);
    expect(emulated).to.deep.equal(questions.map(hostVerdict));
  });
});
