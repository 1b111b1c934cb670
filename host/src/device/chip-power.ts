// SPDX-License-Identifier: Apache-2.0
// One machine a chip: two would write the same flash. QEMU's own locks are not on every file system.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TouchmarkError } from "../errors.ts";
import { readTextFile, replaceFile, writeNewFile } from "../files.ts";
import type { VirtualUnit } from "./virtual-unit.ts";

/** Holds the process id of the chip's machine; what an ended one has left counts for nothing. */
const POWERED = "powered.pid";

/** @throws FILE_BUSY where the chip of this folder is powered, FILE_EXISTS where that begins just now, what start throws */
export async function powerChip(folder: string, start: () => Promise<VirtualUnit>): Promise<VirtualUnit> {
  const path = join(folder, POWERED);
  take(path);
  try {
    const machine = await start();
    replaceFile(path, `${machine.pid}\n`);
    void machine.exited.then(() => rmSync(path, { force: true }));
    return machine;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function take(path: string): void {
  const pid = holderOf(path);
  const hint = "the chip is powered by this process; where it is another program's, remove the file";
  if (pid !== undefined) throw new TouchmarkError("FILE_BUSY", { data: { path, pid, hint } });
  rmSync(path, { force: true });
  writeNewFile(path, `${process.pid}\n`);
}

function holderOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const pid = Number(readTextFile(path));
  return Number.isSafeInteger(pid) && pid > 0 && isRunning(pid) ? pid : undefined;
}

function isRunning(pid: number): boolean {
  // Signal 0 reaches what has ended, too, until its parent has asked for its exit code: Linux tells.
  const stat = `/proc/${pid}/stat`;
  if (existsSync("/proc/self/stat")) return existsSync(stat) && !/\) [ZX] /.test(readTextFile(stat));
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
