// SPDX-License-Identifier: Apache-2.0
// A powered emulated unit. kill() is pulling the plug: what stands in its chip's files stays.
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { TouchmarkError } from "../errors.ts";
import type { Child } from "./child-process.ts";
import { openSocket } from "./socket.ts";

export interface VirtualUnit {
  /** Where its serial line ends: `/dev/pts/N`, `unix:PATH` or `tcp:HOST:PORT`. */
  readonly address: string;
  readonly pid: number;
  /** Resolves with the exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  kill(): Promise<void>;
  /** Leaves it running when this process ends. */
  release(): void;
}

/** What a child says, line by line. */
export interface Lines {
  readonly said: readonly string[];
  onLine(listener: (line: string) => void): void;
}

const START_TIMEOUT_MS = 20_000;

/**
 * The unit once its serial line is there.
 * @param find gives the line's address
 * @throws TOOL_MISSING, with the child's own words in the data, if it ends or time does before that; it is gone then
 */
export async function powered(child: Child, find: (output: Lines) => Promise<string>): Promise<VirtualUnit> {
  const output = linesOf(child);
  const timer = new AbortController();
  const failed = Promise.race([child.exited, sleep(START_TIMEOUT_MS, null, { signal: timer.signal })]).then(
    async () => {
      await sleep(50); // the last lines come after the exit
      throw new TouchmarkError("TOOL_MISSING", { data: { said: output.said.join("\n") } });
    },
  );
  failed.catch(() => undefined);
  try {
    const { pid, exited, kill, release } = child;
    return { address: await Promise.race([find(output), failed]), pid, exited, kill, release };
  } catch (error) {
    await child.kill();
    throw error;
  } finally {
    timer.abort();
  }
}

/** `address` once somebody listens there. A connection that is closed at once does not disturb a unit. */
export async function socketOf(address: string, child: Child): Promise<string> {
  let ended = false;
  void child.exited.then(() => {
    ended = true;
  });
  for (;;) {
    try {
      await (await openSocket(address)).close();
      return address;
    } catch (error) {
      if (ended) throw error;
      await sleep(10);
    }
  }
}

function linesOf(child: Child): Lines {
  const said: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  for (const stream of child.outputs) {
    createInterface(stream).on("line", (line) => {
      said.push(line);
      for (const listener of listeners) listener(line);
    });
  }
  return { said, onLine: (listener) => void listeners.push(listener) };
}
