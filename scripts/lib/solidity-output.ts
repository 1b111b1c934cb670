// SPDX-License-Identifier: Apache-2.0
import type { TestResult } from "./tap.ts";

/** `    ✔ test_name(uint8) (runs: 256)`, `    1) test_name()`, `    - test_name()`; details at the end stand further left. */
const RESULT = /^ {4}(✔|-|\d+\)) (\w+)\(/;

/** The result that a line of Hardhat's Solidity tests states. The name becomes a title: words for underscores. */
export function parseSolidityLine(line: string): TestResult | undefined {
  const [, mark, name = ""] = RESULT.exec(line) ?? [];
  if (mark === undefined) return undefined;
  const title = name.replace(/^(test|invariant)_?/, "").replaceAll("_", " ");
  if (mark === "✔") return { outcome: "passed", title };
  return { outcome: mark === "-" ? "skipped" : "failed", title };
}
