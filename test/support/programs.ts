// SPDX-License-Identifier: Apache-2.0
// Programs of others, where this machine has them.
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path that the environment variable names, else the program on PATH; undefined where there is neither. */
export function findProgram(name: string, variable: string): string | undefined {
  const named = process.env[variable];
  if (named !== undefined && named !== "") return named;
  const paths = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export interface Output {
  /** null where it was stopped. */
  readonly status: number | null;
  /** Both streams. */
  readonly text: string;
}

/** @param untilMs it is stopped then, or where `until` matches what it said */
export function runProgram(path: string, words: readonly string[], untilMs: number, until?: RegExp): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, words, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    const timer = setTimeout(() => child.kill("SIGKILL"), untilMs);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => {
        text += bytes.toString();
        if (until?.test(text)) child.kill("SIGKILL");
      });
    child.once("error", reject);
    child.once("close", (status) => {
      clearTimeout(timer);
      resolve({ status, text });
    });
  });
}
