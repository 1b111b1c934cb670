// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseTapLine, type TestResult } from "./tap.ts";

/** A named part of the check. */
export interface Stage {
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** Finds the result that a line of output states; TAP where nothing is said. */
  readonly parse?: (line: string) => TestResult | undefined;
  /** For commands that print no results: what it means that they all succeed. */
  readonly title?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface StageReport {
  readonly stage: string;
  readonly seconds: number;
  readonly results: readonly TestResult[];
}

const LABEL: Record<TestResult["outcome"], string> = { passed: "ok  ", failed: "FAIL", skipped: "skip" };

/** A command that takes longer is hung. */
const LIMIT_MS = 20 * 60_000;

/**
 * Calls `line` for each line of both outputs; resolves with the exit code, or a signal's name. The command gets a
 * process group of its own, which ends with it, with this process, or at the limit: nothing is left running.
 */
async function run(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  line: (text: string) => void,
): Promise<number | string> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
    } catch {
      // The group is gone already.
    }
  };
  const limit = setTimeout(end, LIMIT_MS);
  process.once("exit", end);
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", line);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", end);
      child.on("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
    });
  } finally {
    clearTimeout(limit);
    process.removeListener("exit", end);
  }
}

/** Runs a stage and tells `print` each result as it comes, and the whole output where it fails. */
export async function runStage(name: string, stage: Stage, print: (text: string) => void): Promise<StageReport> {
  const started = performance.now();
  const results: TestResult[] = [];
  const parse = stage.parse ?? parseTapLine;
  const add = (result: TestResult): void => {
    results.push(result);
    print(`  ${LABEL[result.outcome]}  ${result.title}`);
  };

  for (const command of stage.commands) {
    const quiet: string[] = [];
    let failing = false;
    const status = await run(command, stage.environment ?? {}, (text) => {
      const result = stage.title === undefined ? parse(text) : undefined;
      if (result) add(result);
      if (result) failing = result.outcome === "failed";
      else if (failing) print(`        ${text}`);
      else quiet.push(text);
    });
    if (status === 0) continue;
    const explained = results.some(({ outcome }) => outcome === "failed");
    if (!explained) for (const text of quiet.slice(-60)) print(`        ${text}`);
    if (!explained || typeof status === "string")
      add({ outcome: "failed", title: `${command.join(" ")} (exit ${status})` });
    break;
  }
  if (stage.title !== undefined && results.length === 0) add({ outcome: "passed", title: stage.title });
  if (results.length === 0) add({ outcome: "failed", title: `${name}: not a single test ran` });
  return { stage: name, seconds: (performance.now() - started) / 1000, results };
}
