// SPDX-License-Identifier: Apache-2.0
// npm run powercut -- [--depth 1|2|3] [--flow X] [--cuts N] [--within N] [--longest N] [--triples N] [--seed N] [--jobs N]
//                     [--replay FLOW:ERASE:OP:KIND:SEED[:SECOND]]
// Cuts the power of the shipping C at every operation of every flow (firmware/campaign): single cuts at each of them in
// every kind (--cuts: at about N per flow and erase size); pairs, the second cut at each of the --within operations that
// follow the first, in flows of at most --longest operations; triples, about --triples per flow and erase size by chance.
// --depth runs one of the three alone; a short run is --depth 1 --cuts 20, since --cuts thins the single cuts only. What
// it is about to do, and each flow that is done, goes to stderr. Exits with 1 after a failure, or where all flows together
// leave a site that no cut reached. What a whole run found is kept in build/powercut.json, for the bench.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { scriptArguments } from "./lib/arguments.ts";
import { cutPower, type PowercutReport, total } from "./lib/powercut.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    depth: { type: "string" },
    flow: { type: "string" },
    cuts: { type: "string" },
    within: { type: "string", default: "400" },
    longest: { type: "string", default: "400" },
    triples: { type: "string", default: "700" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    replay: { type: "string" },
  },
});
const { depth, flow, cuts, within, longest, triples, seed, jobs, replay } = values;

const CAMPAIGNS: Readonly<Record<string, { name: string; options: readonly string[] }>> = {
  1: { name: "single cuts", options: cuts === undefined ? [] : ["--cuts", cuts] },
  2: { name: "pairs", options: replay === undefined ? ["--within", within, "--longest", longest] : ["--depth", "2"] },
  3: { name: "triples", options: ["--depth", "3", "--cuts", triples] },
};
const COUNTS = ["before", "torn", "early", "late", "front", "back", "after"];
const COLUMNS = ["operations", ...COUNTS, "states", "inErase", "inBurn", "second", "third", "brick", "badBoot", "half"];

const row = (head: string, cells: readonly (string | number)[]): string =>
  head.padEnd(24) + cells.map((cell) => String(cell).padStart(11)).join("");

function print(name: string, { flows, failures, sites }: PowercutReport, seconds: number): void {
  const columns = [...COLUMNS, "unfinished"];
  console.log(row(`${name} by flow`, columns));
  for (const { flow: of, erase, counts } of flows) {
    console.log(
      row(
        `${of}, ${erase / 1024} KiB`,
        columns.map((column) => counts.get(column) ?? 0),
      ),
    );
  }
  const all = (column: string): number => total(flows, column);
  console.log(row("all", columns.map(all)));
  const cut = sites.filter((site) => site.cut).length;
  console.log(
    `${name}: ${all("cuts")} distinct, ${all("brick")} bricks, ${all("badBoot")} bad boots, ${all("half")} half, ${all("unfinished")} unfinished, ${cut} of ${sites.length} sites cut, seed ${seed}, ${seconds.toFixed(1)} s`,
  );
  for (const failure of failures) console.log(failure);
}

const given = flow === undefined ? [] : ["--flow", flow];
const replayed = replay === undefined ? [] : ["--replay", replay];
const summary: Record<string, unknown> = { seed };
const chosen = Object.entries(CAMPAIGNS).filter(
  ([cutsDeep]) => (depth ?? (replay === undefined ? cutsDeep : "1")) === cutsDeep,
);
console.error(`to do: ${chosen.map(([, { name, options }]) => [name, ...options].join(" ")).join(", then ")}`);
if (cuts !== undefined && chosen.length > 1) console.error("--cuts thins the single cuts only; --depth 1 ends there");
const processes = replay === undefined ? Number(jobs) : 1;
let failed = false;
for (const [cutsDeep, { name, options }] of chosen) {
  const began = performance.now();
  const since = (): string => ((performance.now() - began) / 1000).toFixed(1);
  const report = await cutPower([...options, ...given, ...replayed, "--seed", seed], processes, (of, erase) =>
    console.error(`${name}: ${of}, ${erase / 1024} KiB, one of ${processes} processes done after ${since()} s`),
  );
  const seconds = (performance.now() - began) / 1000;
  print(name, report, seconds);
  const { flows, failures, sites } = report;
  const never = flow === undefined && replay === undefined && cutsDeep === "1" ? sites.filter(({ cut }) => !cut) : [];
  for (const { where, call } of never) console.log(`never cut: ${where} ${call}`);
  failed ||= failures.length > 0 || never.length > 0;
  const verdicts = ["brick", "badBoot", "half", "unfinished"].map((verdict) => [verdict, total(flows, verdict)]);
  summary[name] = {
    cuts: total(flows, "cuts"),
    states: total(flows, "states"),
    ...Object.fromEntries(verdicts),
    never: never.length,
    seconds,
  };
}
if (flow === undefined && cuts === undefined && replay === undefined && depth === undefined) {
  mkdirSync("build", { recursive: true });
  writeFileSync("build/powercut.json", `${JSON.stringify(summary, null, 2)}\n`);
}
process.exit(failed ? 1 : 0);
