// SPDX-License-Identifier: Apache-2.0
// npm run skips -- [--bad image|signature|receipt] [--double] [--from N] [--count N] [--sample N --seed S] [--jobs N]
// [--journal FILE] [--json]: boots a locked chip whose slot is bad, once for each instruction of the bootloader, without that
// instruction. --journal notes each outcome; the same command goes on behind it. Exits with 1 where the bad image runs.
import { cpSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildBootloader } from "../host/src/demo/firmware.ts";
import { seedOfRun } from "../test/support/random.ts";
import { TemporaryFolder } from "../test/support/temporary-folder.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { type Fault, faults } from "./skips/chip.ts";
import { Journal } from "./skips/journal.ts";
import { outcomes } from "./skips/machine.ts";
import { runCampaign } from "./skips/run.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    bad: { type: "string", default: "image" },
    double: { type: "boolean", default: false },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "1000000" },
    sample: { type: "string" },
    seed: { type: "string" },
    journal: { type: "string" },
    jobs: { type: "string", default: `${availableParallelism()}` },
    json: { type: "boolean", default: false },
  },
});
const fault = faults.find((name): name is Fault => name === values.bad);
if (fault === undefined) {
  console.error(`--bad is one of ${faults.join(", ")}`);
  process.exit(2);
}

const root = new URL("..", import.meta.url).pathname;
await buildBootloader(root);
using folder = new TemporaryFolder();
const bootloader = folder.join("bootloader");
for (const form of ["elf", "bin"]) cpSync(`${root}/build/firmware/virt/bootloader.${form}`, `${bootloader}.${form}`);
const what = { fault, double: values.double };
const result = await runCampaign({
  fault,
  bootloader,
  folder: folder.path,
  double: values.double,
  jobs: Number(values.jobs),
  from: Number(values.from),
  count: Number(values.count),
  sample: values.sample === undefined ? undefined : Number(values.sample),
  seed: values.seed === undefined ? seedOfRun() : Number(values.seed),
  journal: values.journal === undefined ? undefined : new Journal(values.journal, `${bootloader}.bin`, what),
});

if (values.json) console.log(JSON.stringify(result, null, 2));
else {
  const { all, inRange, skipped, by, booted, seconds, seed } = result;
  const what = values.double ? "pairs of adjacent instructions" : "instructions";
  console.log(`bad ${fault}: ${skipped} ${what} skipped, ${inRange} of ${all} in range, seed ${seed}`);
  for (const outcome of outcomes) console.log(`${outcome.padEnd(10)} ${String(by[outcome]).padStart(6)}`);
  console.log(`${seconds.toFixed(1)} s`);
  for (const { index, address, symbol, text } of booted) {
    const replay = `npm run skips -- --bad ${fault}${values.double ? " --double" : ""} --from ${index} --count 1`;
    console.log(`BOOTED 0x${address.toString(16)} ${symbol}: ${text}\n  ${replay}`);
  }
}
process.exitCode = result.booted.length > 0 ? 1 : 0;
