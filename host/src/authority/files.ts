// SPDX-License-Identifier: Apache-2.0
// Small files that must be whole or absent.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { TouchmarkError } from "../errors.ts";

/** @throws FILE_MISSING */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
  }
}

/** @throws FILE_EXISTS for the first that is there */
export function requireAbsent(...paths: readonly string[]): void {
  for (const path of paths) if (existsSync(path)) throw new TouchmarkError("FILE_EXISTS", { data: { path } });
}

/** On disk when this returns. @throws FILE_EXISTS */
export function writeNewFile(path: string, text: string, mode = 0o644): void {
  write(path, text, "wx", mode);
}

/** The old contents or the new, never half. */
export function replaceFile(path: string, text: string): void {
  const next = `${path}.next`;
  write(next, text, "w", 0o644);
  renameSync(next, path);
}

function write(path: string, text: string, flags: "w" | "wx", mode: number): void {
  let file: number;
  try {
    file = openSync(path, flags, mode);
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === "EEXIST";
    throw new TouchmarkError(exists ? "FILE_EXISTS" : "FILE_MISSING", { data: { path }, cause });
  }
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
