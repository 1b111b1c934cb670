// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { restartWitness } from "../support/witness-restarts.ts";

// 1,000: npm run witness-restarts.
const RESTARTS = 12;
const SEED = Number(process.env["TOUCHMARK_SEED"] ?? 5);

describe(`a witness killed under load, ${RESTARTS} times (seed ${SEED})`, function () {
  this.timeout(20_000 + RESTARTS * 3_000);

  it("never signs two hashes for one number, whatever its node says in between", async () => {
    const { restarts, numbers } = await restartWitness(RESTARTS, SEED);
    expect(restarts).to.equal(RESTARTS);
    expect(numbers).to.be.above(RESTARTS / 4);
  });
});
