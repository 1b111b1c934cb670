// SPDX-License-Identifier: Apache-2.0
// Files that nobody may find half written, nor lose to a power cut: written beside their place under another name,
// flushed, then given their own; their folder is flushed last. What a kill leaves of the other name goes with the next
// write of the same file.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { TouchmarkError } from "./errors.ts";
import type { ErrorName } from "./protocol/generated.ts";

type Contents = string | Uint8Array;

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

/** @throws FILE_EXISTS for a file of other contents */
export function requireSameIfThere(path: string, contents: Contents): void {
  if (!isThere(path, contents)) requireAbsent(path);
}

/** Whole and on disk when this returns, or absent. @throws FILE_EXISTS, FILE_MISSING, FILE_READ_ONLY, DISK_FULL */
export function writeNewFile(path: string, contents: Contents, mode = 0o644): void {
  translated(path, () => {
    const next = stage(path, contents, mode);
    try {
      giveName(next, path);
    } finally {
      rmSync(next, { force: true });
    }
    flushFolder(path);
  });
}

/** As writeNewFile; the same contents may be there already, as a run that was stopped has left them. */
export function writeFileOnce(path: string, contents: Contents, mode = 0o644): void {
  if (isThere(path, contents)) removeLeft(path);
  else writeNewFile(path, contents, mode);
}

/** The old contents or the new, never half; its mode stays. @throws FILE_MISSING, FILE_READ_ONLY, DISK_FULL */
export function replaceFile(path: string, contents: Contents): void {
  translated(path, () => {
    const target = existsSync(path) ? realpathSync(path) : path;
    const there = statSync(target, { throwIfNoEntry: false });
    // A device or a pipe is written to; there is nothing to keep.
    if (there && !there.isFile()) return writeFileSync(target, contents);
    const next = stage(target, contents, there ? there.mode & 0o777 : 0o644);
    try {
      if (there) chmodSync(next, there.mode & 0o777);
      renameSync(next, target);
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
    flushFolder(target);
  });
}

/** One more line of a journal, on disk when this returns; a kill may leave a part of it. @throws as replaceFile */
export function appendLine(path: string, line: string, mode = 0o644): void {
  translated(path, () => {
    const isNew = !existsSync(path);
    writeFlushed(path, "a", `${line}\n`, mode);
    if (isNew) flushFolder(path);
  });
}

/** A folder with its files, by their paths in it; whole or absent. @throws as writeNewFile */
export function writeNewFolder(path: string, files: ReadonlyMap<string, Contents>): void {
  requireAbsent(path);
  translated(path, () => {
    const next = nextName(path);
    try {
      mkdirSync(next);
      for (const [name, contents] of files) {
        mkdirSync(dirname(join(next, name)), { recursive: true });
        writeFlushed(join(next, name), "wx", contents, 0o644);
      }
      renameSync(next, path);
    } catch (error) {
      rmSync(next, { force: true, recursive: true });
      throw error;
    }
    flushFolder(path);
  });
}

function isThere(path: string, contents: Contents): boolean {
  return translated(path, () => existsSync(path) && readFileSync(path).equals(Buffer.from(contents)));
}

// link refuses a name that is taken, where rename would overwrite it. Memory sticks' file systems have no links: there
// the name is taken first, and a kill in between leaves it with an empty file.
function giveName(next: string, path: string): void {
  try {
    linkSync(next, path);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error))) throw error;
    closeSync(openSync(path, "wx"));
    renameSync(next, path);
  }
}

function stage(path: string, contents: Contents, mode: number): string {
  const next = nextName(path);
  try {
    writeFlushed(next, "wx", contents, mode);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
  return next;
}

const LEFT = /^[0-9a-f]{8}\.next$/;

/** A free name for the next contents of a path. */
function nextName(path: string): string {
  removeLeft(path);
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.next`);
}

/** Removes what kills have left of a path's next contents. */
export function removeLeft(path: string): void {
  const [folder, start] = [dirname(path), `.${basename(path)}.`];
  for (const name of readdirSync(folder))
    if (name.startsWith(start) && LEFT.test(name.slice(start.length)))
      rmSync(join(folder, name), { force: true, recursive: true });
}

function writeFlushed(path: string, flag: "a" | "wx", contents: Contents, mode: number): void {
  const file = openSync(path, flag, mode);
  try {
    writeFileSync(file, contents);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flushFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } catch (error) {
    // Where folders cannot be flushed there is no more to do.
    if (codeOf(error) !== "EINVAL") throw error;
  } finally {
    closeSync(folder);
  }
}

const errors: Readonly<Record<string, ErrorName>> = {
  EEXIST: "FILE_EXISTS",
  ENOTEMPTY: "FILE_EXISTS",
  EACCES: "FILE_READ_ONLY",
  EPERM: "FILE_READ_ONLY",
  EROFS: "FILE_READ_ONLY",
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  EIO: "DISK_FULL",
};

function translated<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === "") throw cause;
    throw new TouchmarkError(errors[code] ?? "FILE_MISSING", { data: { path }, cause });
  }
}

/** Of an error of the system, its name; else nothing. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && "syscall" in error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
