// SPDX-License-Identifier: Apache-2.0

/** What became of one test. */
export interface TestResult {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly title: string;
}

// Not the progress that a verb prints: seconds behind the "ok".
const RESULT = /^(not )?ok\b(?! +\d+\.\d)(?: +\d+)?(?: +- +| +)?(.*)$/;
const SKIP = /\s+# (?:SKIP|TODO)\b.*$/i;

/** The result that a line states; undefined for plans, diagnostics and anything else. */
export function parseTapLine(line: string): TestResult | undefined {
  const match = RESULT.exec(line);
  if (!match) return undefined;
  const text = match[2] ?? "";
  const title = text.replace(SKIP, "").trim();
  if (SKIP.test(text)) return { outcome: "skipped", title };
  return { outcome: match[1] === undefined ? "passed" : "failed", title };
}
