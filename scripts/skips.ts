// SPDX-License-Identifier: Apache-2.0
// `npm run skips`: what the last run of the check skipped, by name.
import { readFileSync } from "node:fs";
import type { StageReport } from "./lib/stage.ts";

const reports = JSON.parse(readFileSync("build/test/report.json", "utf8")) as StageReport[];
for (const { stage, results } of reports)
  for (const { outcome, title } of results) if (outcome === "skipped") console.log(`${stage}: ${title}`);
