// SPDX-License-Identifier: Apache-2.0
// A sample of what `npm run skips` does: the bootloader without one of its instructions, or two, before a bad slot.
import { cpSync } from "node:fs";
import { expect } from "chai";
import { buildBootloader } from "../../host/src/demo/firmware.ts";
import { faults } from "../../scripts/skips/chip.ts";
import { runCampaign, strayReturn } from "../../scripts/skips/run.ts";
import type { Site } from "../../scripts/skips/sites.ts";
import { seedOfRun } from "../support/random.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const SAMPLE = 12;
const EVERYWHERE = { from: 0, count: Number.POSITIVE_INFINITY, jobs: 1 };
const ROOT = new URL("../..", import.meta.url).pathname;

describe("a locked unit that skips instructions", function () {
  this.timeout(120_000);
  const seed = seedOfRun();
  let folder: TemporaryFolder;
  let bootloader: string;

  before(async () => {
    await buildBootloader(ROOT);
    console.log(`    TOUCHMARK_SEED=${seed}`);
    folder = new TemporaryFolder();
    bootloader = folder.join("bootloader");
    for (const form of ["elf", "bin"]) cpSync(`${ROOT}build/firmware/virt/bootloader.${form}`, `${bootloader}.${form}`);
  });
  after(() => folder[Symbol.dispose]());

  for (const fault of faults) {
    for (const double of [false, true]) {
      const skips = double ? "two adjacent instructions" : "one instruction";
      it(`D28 ${skips} of the bootloader: a slot with a bad ${fault} never runs`, async () => {
        const where = folder.join(`${fault}-${double ? 2 : 1}`);
        const { booted, skipped } = await runCampaign({
          ...EVERYWHERE,
          sample: SAMPLE,
          fault,
          double,
          seed,
          bootloader,
          folder: where,
        });
        expect(skipped).to.equal(SAMPLE);
        expect(booted, `seed ${seed}`).to.deep.equal([]);
      });
    }
  }

  it("D28 no single call of the comparison decides about the image", async () => {
    const only = ({ text }: Site): boolean => text.includes("<tm_equal>");
    const where = folder.join("comparisons");
    const campaign = { ...EVERYWHERE, only, fault: "image", double: false, seed, bootloader, folder: where } as const;
    const { booted, skipped } = await runCampaign(campaign);
    expect(skipped).to.be.at.least(2);
    expect(booted).to.deep.equal([]);
  });

  it("D28 a stray return to the copy of a refused image resets the chip", async () => {
    expect(await strayReturn(bootloader, folder.join("stray"))).to.equal("crashed");
  });
});
