// SPDX-License-Identifier: Apache-2.0
// `npm run matrix`: each fault id of the threat model (A6, D16 …) and the tests whose titles begin with it.
import { readFileSync } from "node:fs";
import { readInventory } from "./lib/inventory.ts";

const ID = /\b[A-J]\d{1,2}\b/g;
const threats = readFileSync("docs/threat-model.md", "utf8");
const ids = [...new Set(threats.match(/^\| ([A-J]\d{1,2}) \|/gm)?.map((row) => row.slice(2, -2)))];
const tests = readInventory();

for (const id of ids) {
  const shown = tests.filter((line) => line.match(ID)?.includes(id));
  console.log(`${id.padEnd(4)} ${shown.length === 0 ? "no test" : shown.join("\n     ")}`);
}
