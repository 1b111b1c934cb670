// SPDX-License-Identifier: Apache-2.0
// test/inventory.txt: one line `stage: title` for each test that counts. A test that vanishes from a run is missed.
import { readFileSync, writeFileSync } from "node:fs";
import type { StageReport } from "./stage.ts";

const PATH = "test/inventory.txt";

export const inventoryLines = ({ stage, results }: StageReport): string[] =>
  results.map(({ title }) => `${stage}: ${title}`);

export function readInventory(): string[] {
  try {
    return readFileSync(PATH, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

export function writeInventory(lines: readonly string[]): void {
  writeFileSync(PATH, `${lines.toSorted().join("\n")}\n`);
}

export interface Difference {
  readonly missing: readonly string[];
  readonly unlisted: readonly string[];
}

/** What `from` holds more often than `other`. */
function surplus(from: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  return from.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** Compares the stages that ran with their part of the list. The same title may stand more than once. */
export function compare(listed: readonly string[], reports: readonly StageReport[]): Difference {
  const ran = reports.flatMap(inventoryLines);
  const stages = reports.map(({ stage }) => `${stage}: `);
  const expected = listed.filter((line) => stages.some((prefix) => line.startsWith(prefix)));
  return { missing: surplus(expected, ran), unlisted: surplus(ran, expected) };
}
