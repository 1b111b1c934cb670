// SPDX-License-Identifier: Apache-2.0
// npm run registry-faults -- [--seeds N] [--first N] [--seed N] [--crash N]: registers units through a node that fails and
// lies, once for each seed, and, from seed 1 on, through one whose line ends at each message. Prints a line for each
// failure, which --seed or --crash replays. Exits with 1 after a failure.
import { scriptArguments } from "./lib/arguments.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    seeds: { type: "string", default: "200" },
    first: { type: "string", default: "1" },
    seed: { type: "string" },
    crash: { type: "string" },
  },
});
const { faultKinds, faultPlace, runCrash, runSeed } = await import("../test/contracts/support/registry-faults.ts");

const first = Number(values.seed ?? values.first);
const count = values.crash !== undefined ? 0 : values.seed === undefined ? Number(values.seeds) : 1;
const began = performance.now();
const place = await faultPlace();
const met = new Map<string, number>();
let [runs, operators, failed] = [0, 0, 0];
for (let seed = first; seed < first + count; seed += 1) {
  const report = await runSeed(place, seed);
  runs += report.runs;
  operators += report.operators;
  for (const [kind, times] of report.faults) met.set(kind, (met.get(kind) ?? 0) + times);
  if (report.failures.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed}: ${report.failures.join("; ")}\n  replay: npm run registry-faults -- --seed ${seed}`);
}
let crashes = 0;
const whole = values.seed === undefined && first === 1;
const from = values.crash === undefined ? (whole ? 1 : Number.POSITIVE_INFINITY) : Number(values.crash);
for (let [at, done] = [from, false]; !done && at < Number.POSITIVE_INFINITY; at += 1) {
  for (const answered of [false, true]) {
    const report = await runCrash(place, at, answered);
    crashes += 1;
    done = report.done || values.crash !== undefined;
    if (report.failures.length === 0) continue;
    failed += 1;
    console.log(
      `message ${at}, ${answered ? "answered" : "not sent"}: ${report.failures.join("; ")}\n  replay: npm run registry-faults -- --crash ${at}`,
    );
  }
}
for (const kind of faultKinds) console.log(`${kind.padEnd(24)}${String(met.get(kind) ?? 0).padStart(6)}`);
const seconds = (performance.now() - began) / 1000;
console.log(
  `${crashes} crashes; ${count} seeds, ${operators} operators, ${runs} runs, ${[...met.values()].reduce((a, b) => a + b, 0)} faults: ${failed} failed, ${seconds.toFixed(1)} s`,
);
process.exit(failed > 0 ? 1 : 0);
