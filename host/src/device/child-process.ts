// SPDX-License-Identifier: Apache-2.0
// Programs that live no longer than this process: killed when it exits, fails, or is told to stop.
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { TouchmarkError } from "../errors.ts";

export interface Child {
  readonly pid: number;
  /** Standard output and error; none where they go to a file. */
  readonly outputs: readonly Readable[];
  /** Resolves with the exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** SIGKILL to it and what it started; resolves when it is gone. */
  kill(): Promise<void>;
  /** From now on it outlives this process. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const living = new Set<ChildProcess>();
let watching = false;

export interface ChildOptions {
  /** Added to this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** File descriptor for what it prints: a child that is to outlive this process must not find its pipe closed. */
  readonly output?: number;
}

/** @throws TOOL_MISSING where the program cannot be started. */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Promise<Child> {
  watch();
  const { env, output = "pipe" } = options;
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C reaches this process alone, which then decides.
    const child = spawn(command, args, {
      detached: true,
      stdio: ["ignore", output, output],
      env: { ...process.env, ...env },
    });
    const exited = new Promise<number | null>((done) => {
      child.once("exit", (code) => {
        living.delete(child);
        done(code);
      });
    });
    child.once("error", (cause) => reject(new TouchmarkError("TOOL_MISSING", { data: { command }, cause })));
    child.once("spawn", () => {
      living.add(child);
      resolve(handleOf(child, exited));
    });
  });
}

function handleOf(child: ChildProcess, exited: Promise<number | null>): Child {
  const { pid } = child;
  if (pid === undefined) throw new TouchmarkError("INTERNAL");
  const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null);
  return {
    pid,
    outputs,
    exited,
    kill: async () => {
      killGroup(child);
      await exited;
    },
    release: () => {
      living.delete(child);
      child.unref();
      for (const stream of outputs) stream.destroy();
    },
  };
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it went first
  }
}

function watch(): void {
  if (watching) return;
  watching = true;
  const killAll = (): void => {
    for (const child of living) killGroup(child);
  };
  process.on("exit", killAll);
  for (const signal of SIGNALS) {
    process.on(signal, function stop() {
      killAll();
      process.off(signal, stop);
      // Nobody else wants to know: do what the signal does by default.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
