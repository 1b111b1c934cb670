// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { equalBytes } from "../../host/src/protocol/bytes.ts";
import { ROTATE, trustCases } from "../../protocol/vectors/cases/trust.ts";
import { damagedBundle, type Place, places } from "../../protocol/vectors/lab/damage.ts";
import { bundleOf, chainOf } from "../../protocol/vectors/lab/make.ts";
import { Chance } from "../../protocol/vectors/lab/random.ts";
import { HONEST } from "../../protocol/vectors/lab/scenario.ts";
import { unitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { hostVerdict } from "../support/proof-vectors.ts";
import { deviceVerdicts, type Question } from "../support/tm-verdict.ts";

const SEED = Number(process.env["TOUCHMARK_SEED"] ?? 20_261_122);
const EACH = 16;
// Of every so many bits one; the device's own code is shown all of them by firmware/test/gate_bits_test.c.
const STRIDE = 307;

const honest = bundleOf(HONEST);
const unit = unitJson(HONEST.unit);

describe(`damage to bundles and chains (seed ${SEED})`, function () {
  this.timeout(180_000);

  for (const place of places) {
    it(`D8 D16 D20 ${place}: whoever bends it, both sides judge alike`, () => {
      const chance = new Chance(SEED + places.indexOf(place));
      const inputs = Array.from({ length: EACH }, () => damagedBundle(place, chance));
      const questions = inputs.map((input): Question => ({ step: "bundle", unit, input }));
      expect(deviceVerdicts(questions)).to.deep.equal(questions.map(hostVerdict));
      if (OUTSIDE.includes(place)) for (const question of questions) expectRefused(question, honest);
    });
  }

  it("D8 one bit of a bundle, wherever it stands: none is accepted", () => {
    const questions = flips(honest).map((input): Question => ({ step: "bundle", unit, input }));
    for (const question of questions) expectRefused(question, honest);
    expect(deviceVerdicts(questions)).to.deep.equal(questions.map(hostVerdict));
  });

  it("D8 one bit of a chain with trust statements: none is accepted", () => {
    const accepted = trustCases.find(({ title }) => title.startsWith("D31 a new root that the chain names"));
    const scenario = accepted?.scenario ?? ROTATE;
    const chain = chainOf(scenario);
    const questions = flips(chain).map((input): Question => ({ step: "rotate", unit: unitJson(scenario.unit), input }));
    for (const question of questions) expectRefused(question, chain);
  });
});

/** Where nothing above the damage is made to fit it. */
const OUTSIDE: readonly Place[] = ["authentication", "certificate", "cose", "chain", "bundle"];

function expectRefused(question: Question, unharmed: Uint8Array): void {
  if (equalBytes(question.input, unharmed)) return;
  expect(hostVerdict(question).verdict).to.not.equal("OK");
}

function flips(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor((bytes.length * 8) / STRIDE) }, (_, index) => {
    const bit = index * STRIDE;
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
}
