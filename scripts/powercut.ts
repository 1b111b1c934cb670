// SPDX-License-Identifier: Apache-2.0
// npm run powercut -- [--flow X] [--cuts N] [--seed N] [--jobs N] [--pairs] [--replay FLOW:ERASE:OP:KIND:SEED]: cuts the
// power of the shipping C at every operation of every flow (firmware/campaign); with --cuts, at about N per flow and erase
// size. Exits with 1 after a failure, or where a whole run leaves a site that no cut reached.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { cutPower, type FlowReport } from "./lib/powercut.ts";

const { values } = parseArgs({
  options: {
    flow: { type: "string" },
    cuts: { type: "string" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    pairs: { type: "boolean", default: false },
    replay: { type: "string" },
  },
});
const { jobs, pairs, ...given } = values;
const began = performance.now();
const { flows, failures, sites } = await cutPower(
  Object.entries(given)
    .concat(pairs ? [["pairs", "1"]] : [])
    .flatMap(([name, value]) => [`--${name}`, value]),
  values.replay === undefined ? Number(jobs) : 1,
);
const seconds = (performance.now() - began) / 1000;

const COLUMNS = [
  "operations",
  "before",
  "torn",
  "front",
  "back",
  "after",
  "inErase",
  "inBurn",
  "second",
  "brick",
  "badBoot",
  "half",
  "unfinished",
];
const count = ({ counts }: FlowReport, name: string): number => counts.get(name) ?? 0;
const total = (name: string): number => flows.reduce((sum, flow) => sum + count(flow, name), 0);
const row = (head: string, cells: readonly (string | number)[]): string =>
  head.padEnd(24) + cells.map((cell) => String(cell).padStart(11)).join("");

console.log(row("flow, erase size", COLUMNS));
for (const flow of flows) {
  console.log(
    row(
      `${flow.flow}, ${flow.erase / 1024} KiB`,
      COLUMNS.map((name) => count(flow, name)),
    ),
  );
}
console.log(row("all", COLUMNS.map(total)));
const never = sites.filter(({ cut }) => !cut);
console.log(
  `${total("cuts")} distinct cuts, ${total("brick")} bricks, ${total("badBoot")} bad boots, ${sites.length - never.length} of ${sites.length} sites cut, seed ${values.seed}, ${seconds.toFixed(1)} s`,
);
for (const { where, call } of never) console.log(`never cut: ${where} ${call}`);
for (const failure of failures) console.log(failure);
const whole = values.flow === undefined && values.replay === undefined;
process.exit(failures.length > 0 || (whole && never.length > 0) ? 1 : 0);
