// SPDX-License-Identifier: Apache-2.0
// npm run inventory [-- STAGE ...]: writes test/inventory.txt anew, or the part of the named stages, and docs/faults.md.
import { scriptArguments } from "./lib/arguments.ts";
import { writeFaultsPage } from "./lib/faults.ts";
import { inventoryLines, readInventory, writeInventory } from "./lib/inventory.ts";
import { runStage } from "./lib/stage.ts";
import { LISTS } from "./lib/stages.ts";

const { positionals: asked } = scriptArguments(import.meta, { allowPositionals: true, options: {} });
const names = asked.length > 0 ? asked : Object.keys(LISTS);
const kept = readInventory().filter((line) => !names.some((name) => line.startsWith(`${name}: `)));
const lines: string[] = [];
for (const name of names) {
  const list = LISTS[name];
  if (!list) throw new Error(`no stage with a list is called ${name}; there are: ${Object.keys(LISTS).join(" ")}`);
  const report = await runStage(name, list, () => undefined);
  if (report.results.some(({ outcome }) => outcome === "failed"))
    throw new Error(`${name}: tests fail; the list stays`);
  console.log(`${name}: ${report.results.length}`);
  lines.push(...inventoryLines(report));
}
writeInventory([...kept, ...lines]);
writeFaultsPage();
