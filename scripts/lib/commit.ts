// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";

/** The commit that a campaign ran on; ends with "+" where files have changed since. "none" where there is no git. */
export function commitOfRun(): string {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+";
    return `${git("rev-parse", "--short", "HEAD")}${changed}`;
  } catch {
    return "none";
  }
}
