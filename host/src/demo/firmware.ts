// SPDX-License-Identifier: Apache-2.0
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { TouchmarkError } from "../errors.ts";

const run = promisify(execFile);

/** Builds the app of one version. @param root the repository @param version MAJOR.MINOR.PATCH @throws TOOL_MISSING */
export async function buildApp(root: string, version: string): Promise<Uint8Array> {
  const out = join(root, "build/firmware/virt", `app-${version}.bin`);
  await make(root, ["app", `VERSION=${version}`, `OUT=${out}`]);
  return Uint8Array.from(readFileSync(out));
}

/** @throws TOOL_MISSING */
export async function buildBootloader(root: string): Promise<Uint8Array> {
  await make(root, ["bootloader"]);
  return Uint8Array.from(readFileSync(join(root, "build/firmware/virt/bootloader.bin")));
}

async function make(root: string, args: readonly string[]): Promise<void> {
  try {
    await run("make", ["-s", "-C", join(root, "firmware"), ...args]);
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim().split("\n").slice(-5) : [];
    throw new TouchmarkError("TOOL_MISSING", { data: { command: `make ${args[0]}`, said }, cause });
  }
}
