// SPDX-License-Identifier: Apache-2.0
// A process that is killed at its nth step: each call of Node's by which host code changes a disk is one, and a write of
// a file another when it is half done. From there on nothing more reaches the disk, as nothing would; what ends a run in
// an orderly way (finally, ROLLBACK, removing a file) included. SQLite's close stays: it does what the next opening of a
// killed process's file would do.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";

class Killed extends Error {}

const CALLS = [
  "appendFileSync",
  "chmodSync",
  "copyFileSync",
  "cpSync",
  "fchmodSync",
  "fsyncSync",
  "ftruncateSync",
  "linkSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "symlinkSync",
  "truncateSync",
  "unlinkSync",
  "writeFileSync",
  "writeSync",
] as const;
const PROMISED = [
  "appendFile",
  "copyFile",
  "cp",
  "link",
  "mkdir",
  "open",
  "rename",
  "rm",
  "truncate",
  "writeFile",
] as const;

type Call = (...values: unknown[]) => unknown;

/** @returns whether the run came to that step, counted from 1; a run that did not has ended well */
export async function killed(step: number, run: () => unknown): Promise<boolean> {
  let count = 0;
  const isDead = (): boolean => count >= step;
  /** One more step. @throws Killed from the nth on */
  const next = (): void => {
    if (!isDead()) count++;
    if (isDead()) throw new Killed(`step ${step}`);
  };
  const disarm = arm(next);
  try {
    await run();
    return false;
  } catch (error) {
    if (isDead()) return true;
    throw error;
  } finally {
    disarm();
  }
}

/** @param next called before each step @returns what ends it */
export function arm(next: () => void): () => void {
  const undo = [
    ...CALLS.map((name) => patch(fs, name, (call, values) => written(name, call, values, next))),
    ...PROMISED.map((name) => patch(fs.promises, name, async (call, values) => written(name, call, values, next))),
    patch(DatabaseSync.prototype, "exec", (call, values) => written("exec", call, values, next)),
    patch(StatementSync.prototype, "run", (call, values) => written("run", call, values, next)),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const restore of undo) restore();
    syncBuiltinESMExports();
  };
}

function written(name: string, call: Call, values: unknown[], next: () => void): unknown {
  // Opening to read changes nothing, and locks are no files.
  if ((name === "openSync" || name === "open") && (values[1] === undefined || values[1] === "r"))
    return call(...values);
  next();
  const [to, contents] = values;
  if (name !== "writeFileSync") return call(...values);
  const bytes = Buffer.from(contents as Uint8Array);
  call(to, bytes.subarray(0, bytes.length >> 1));
  next();
  return typeof to === "number" ? call(to, bytes.subarray(bytes.length >> 1)) : call(...values);
}

/** @param around is given the method, bound, and what it is called with @returns what undoes it */
function patch(owner: object, name: string, around: (call: Call, values: unknown[]) => unknown): () => void {
  const methods = owner as Record<string, Call>;
  const original = methods[name];
  if (original === undefined) throw new RangeError(name);
  methods[name] = function (this: unknown, ...values: unknown[]) {
    return around(original.bind(this), values);
  };
  return () => {
    methods[name] = original;
  };
}
