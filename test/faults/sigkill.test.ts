// SPDX-License-Identifier: Apache-2.0
// A short run of what `npm run sigkill` does: SIGKILL of the unit at random moments, then power again. The step is done
// or can be repeated; never two keys, never half an identity, never no firmware.
import { PowerLoss } from "../../scripts/sigkill/power-loss.ts";
import { seedOfRun } from "../support/random.ts";
import { Workshop } from "../support/workshop.ts";

const MOMENTS = 7;

describe("a unit that loses power", function () {
  this.timeout(300_000);
  const seed = seedOfRun();
  let workshop: Workshop;
  let loss: PowerLoss;

  before(async () => {
    console.log(`    TOUCHMARK_SEED=${seed}`);
    workshop = await Workshop.open();
    loss = await PowerLoss.prepare(workshop, seed);
  });
  after(() => workshop[Symbol.asyncDispose]());

  it("A6 during provisioning keeps its one key and can be taken to the end", async () => {
    for (let moment = 0; moment < MOMENTS; moment++) await loss.kill("provisioning", moment);
  });

  it("D10 D12 during an update runs the old release or the new one, and takes the new one in the end", async () => {
    for (let moment = 0; moment < MOMENTS; moment++) await loss.kill("update", moment);
  });

  it("D10 D12 between a trial's start and its end runs one or the other, and takes the new one in the end", async () => {
    for (let moment = 0; moment < MOMENTS; moment++) await loss.kill("trial", moment);
  });
});
