// SPDX-License-Identifier: Apache-2.0
// `npm run matrix`: each fault id of the threat model (A6, D16 …) with the tests whose titles name it.
import { readFileSync } from "node:fs";
import { scriptArguments } from "./lib/arguments.ts";
import { readInventory } from "./lib/inventory.ts";

scriptArguments(import.meta, {});

const ids = (text: string): string[] => text.match(/\b[A-J]\d{1,2}\b/g) ?? [];
const byLetterThenNumber = (a: string, b: string): number =>
  a.charCodeAt(0) - b.charCodeAt(0) || Number(a.slice(1)) - Number(b.slice(1));

const tests = readInventory();
const all = new Set([...ids(readFileSync("docs/threat-model.md", "utf8")), ...tests.flatMap(ids)]);
for (const id of [...all].toSorted(byLetterThenNumber)) {
  const shown = tests.filter((line) => ids(line).includes(id));
  console.log(`${id.padEnd(4)} ${shown.length === 0 ? "no test" : shown.join("\n     ")}`);
}

// Who may call what, and what each state of a license allows: tried on a local chain.
const { lifeMatrix } = await import("../test/contracts/support/life-matrix.ts");
const { roleMatrix } = await import("../test/contracts/support/role-matrix.ts");
const { lifeTable, roleTable } = await import("../test/contracts/support/tables.ts");
console.log(`\n${lifeTable(await lifeMatrix())}\n\n${roleTable(await roleMatrix())}`);
