// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { decodeChain } from "../../host/src/protocol/chain.ts";
import { largeChain, largeDepths, largeScenario } from "../../protocol/vectors/lab/large.ts";
import { chainOf } from "../../protocol/vectors/lab/make.ts";
import { largeCases, largeDamage } from "../support/large-corpus.ts";
import { hostVerdict } from "../support/proof-vectors.ts";
import { seedOfRun } from "../support/random.ts";
import { deviceVerdicts, emulatedVerdicts } from "../support/tm-verdict.ts";

// All of them, and the chain made anew: npm run proof-corpus.
const STRIDE = 20;
const EMULATED = 3;
const SEED = seedOfRun();

describe("proofs of a chain of 100,000 accounts and slots", function () {
  this.timeout(60_000);
  const chain = largeChain();
  const large = largeScenario(chain);

  before(() => console.log(`    TOUCHMARK_SEED=${SEED}`));

  it("are under the chain's own header, and as deep as such a chain", () => {
    expect([chain.accounts, chain.slots]).to.deep.equal([100_000, 100_000]);
    expect(toHex(decodeChain(chainOf(large)).header)).to.equal(chain.header);
    for (const depth of Object.values(largeDepths(large, chain))) expect(depth).to.be.above(3);
  });

  it(`D14 D15 D16 D17 D18 D19 D20 every ${STRIDE}th vector, moved there: one verdict in C, on rv32imc and in TypeScript`, () => {
    const entries = [...largeCases(large, STRIDE, SEED % STRIDE), ...largeDamage(large, 1, SEED)];
    const questions = entries.map(({ question }) => question);
    const verdicts = questions.map(hostVerdict);
    for (const [at, { title, expect: expected }] of entries.entries()) {
      if (expected !== undefined) expect(verdicts[at]?.verdict, title).to.equal(expected);
    }
    expect(deviceVerdicts(questions)).to.deep.equal(verdicts);
    const emulated = emulatedVerdicts(questions.slice(0, EMULATED)).verdicts;
    expect(emulated.map(({ work: _work, ...verdict }) => verdict)).to.deep.equal(verdicts.slice(0, EMULATED));
  });
});
