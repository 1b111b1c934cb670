// SPDX-License-Identifier: Apache-2.0
// A short run of `npm run registry-faults`.
import { expect } from "chai";
import { faultPlace, runCrash, runSeed } from "./support/registry-faults.ts";

describe("registering through a node that fails and lies", function () {
  this.timeout(60_000);
  let place: Awaited<ReturnType<typeof faultPlace>>;
  before(async () => {
    place = await faultPlace();
  });

  // One operator, two with keys of their own, two with the same key.
  for (const seed of [3, 1, 2])
    it(`C1 C2 C3 C4 C5 seed ${seed}: no unit lost, none twice`, async () => {
      const { failures, faults } = await runSeed(place, seed);
      expect(failures).to.deep.equal([]);
      expect(faults.size).to.be.above(0);
    });

  // Every one of them: npm run registry-faults.
  for (const at of [12, 36, 48])
    it(`C1 a process that ends at its message ${at} is taken over: no unit lost, none twice`, async () => {
      const before = await runCrash(place, at, false);
      const after = await runCrash(place, at, true);
      expect([...before.failures, ...after.failures]).to.deep.equal([]);
    });
});
