// SPDX-License-Identifier: Apache-2.0
// `scripts/check [stage …]`. Prints each test's title, then `N passed, N failed, N skipped`.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { compare, readInventory } from "./lib/inventory.ts";
import { runStage, type StageReport } from "./lib/stage.ts";
import { LISTS, STAGES } from "./lib/stages.ts";
import type { TestResult } from "./lib/tap.ts";

const print = (text: string): void => console.log(text);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in STAGES));
if (unknown.length > 0) {
  console.error(`no stage is called ${unknown.join(", ")}; there are: ${Object.keys(STAGES).join(" ")}`);
  process.exit(2);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

const reports: StageReport[] = [];
for (const [name, stage] of Object.entries(STAGES)) {
  if (!names.includes(name)) continue;
  print(name);
  const report = await runStage(name, stage, print);
  reports.push(report);
  print(`  ${report.seconds.toFixed(1)} s`);
}

// Without other projects' vectors their sets are skipped by name, and count on neither side.
const hasVectors = existsSync(process.env["TOUCHMARK_VECTORS"] ?? "../shared/vectors");
const counts = (title: string): boolean =>
  hasVectors || !/cbor-wg|Wycheproof|ethereum\/tests|of those proofs/.test(title);

print("inventory");
const { missing, unlisted } = compare(
  readInventory().filter(counts),
  reports
    .filter(({ stage }) => stage in LISTS)
    .map((report) => ({ ...report, results: report.results.filter(({ title }) => counts(title)) })),
);
const list = (what: string, lines: readonly string[]): void => {
  for (const line of lines.slice(0, 10)) print(`  FAIL  ${what}: ${line}`);
  if (lines.length > 10) print(`        ${lines.length} in all`);
};
list("listed in test/inventory.txt, but did not run", missing);
list("ran, but is not in test/inventory.txt (npm run inventory)", unlisted);
if (missing.length + unlisted.length === 0) print("  ok    every listed test ran, and every test that ran is listed");

const results = reports.flatMap(({ stage, results: rows }) => rows.map((row) => ({ stage, ...row })));
const of = (outcome: TestResult["outcome"]): typeof results => results.filter((row) => row.outcome === outcome);
mkdirSync("build/test", { recursive: true });
writeFileSync("build/test/report.json", `${JSON.stringify(reports, null, 2)}\n`);

const failed = of("failed").length + missing.length + (unlisted.length > 0 ? 1 : 0);
for (const { stage, title } of of("failed")) print(`failed: ${stage}: ${title}`);
for (const { stage, title } of of("skipped")) print(`skipped: ${stage}: ${title}`);
print(`${of("passed").length} passed, ${failed} failed, ${of("skipped").length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
