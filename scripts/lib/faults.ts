// SPDX-License-Identifier: Apache-2.0
// docs/faults.md: the faults of docs/faults.json, each with the tests whose titles name it.
import { readFileSync, writeFileSync } from "node:fs";
import { readInventory } from "./inventory.ts";

interface Fault {
  /** A1 … E6. */
  readonly id: string;
  readonly fault: string;
  readonly answer: string;
  /** Why no test shows it. */
  readonly untested?: string;
}

const PATH = "docs/faults.md";

export const readFaults = (): Fault[] => JSON.parse(readFileSync("docs/faults.json", "utf8")) as Fault[];

/** The tests whose titles hold the id as a word of its own. */
export function testsOf(id: string, inventory: readonly string[]): string[] {
  const named = new RegExp(`(^|[\\s:])${id}(\\s|$)`);
  return inventory.filter((line) => named.test(line));
}

function row({ id, fault, answer, untested }: Fault, inventory: readonly string[]): string {
  const tests = testsOf(id, inventory);
  const stages = [...new Set(tests.map((line) => line.slice(0, line.indexOf(":"))))].join(", ");
  const shown = tests.length > 0 ? `${tests.length} (${stages})` : `none: ${untested ?? "not tested yet"}`;
  return `| ${id} | ${fault} | ${answer} | ${shown} |`;
}

export function faultsPage(): string {
  const inventory = readInventory();
  const lines = readFaults().map((fault) => row(fault, inventory));
  return `# The faults that every release answers

Written by \`npm run inventory\` from \`faults.json\` and the titles in \`test/inventory.txt\`; \`grep 'D16 ' test/inventory.txt\` names the tests of one.

| id | fault | what has to happen | tests |
|---|---|---|---|
${lines.join("\n")}
`;
}

export const writeFaultsPage = (): void => writeFileSync(PATH, faultsPage());
export const readFaultsPage = (): string => readFileSync(PATH, "utf8");
