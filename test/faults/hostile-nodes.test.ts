// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";

// A million: npm run hostile-nodes.
const COUNT = 20_000;
const SEED = Number(process.env["TOUCHMARK_SEED"] ?? 1);

describe(`trie nodes of an attacker who controls the root (seed ${SEED})`, function () {
  this.timeout(120_000);

  it(`D16 ${COUNT} hash-consistent hostile nodes, under ASan and UBSan: none leads astray`, () => {
    const script = join(import.meta.dirname, "../../scripts/hostile-nodes");
    const said = execFileSync(script, [String(COUNT), String(SEED)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [hostile, other, absent, refused, failures, seed] = said.match(/\d+/g)?.map(Number) ?? [];
    expect([hostile, failures, seed]).to.deep.equal([COUNT, 0, SEED]);
    const outcomes = [other, absent, refused].map((count) => count ?? 0);
    expect(outcomes.reduce((sum, count) => sum + count, 0)).to.equal(COUNT);
    for (const outcome of outcomes) expect(outcome).to.be.above(0);
  });
});
