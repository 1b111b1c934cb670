// SPDX-License-Identifier: Apache-2.0
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { TouchmarkError } from "../errors.ts";

const run = promisify(execFile);

/** What the demo's unit is: QEMU's virt machine, or the ESP32-C3 under Espressif's QEMU. */
export const DEMO_PORTS = ["virt", "esp32c3"] as const;
export type DemoPort = (typeof DEMO_PORTS)[number];

const TARGETS = {
  virt: { app: "app", out: "OUT", bootloader: "bootloader" },
  esp32c3: { app: "esp32c3-app", out: "C3_OUT", bootloader: "esp32c3" },
} as const;

/** Builds the app of one version. @param root the repository @param version MAJOR.MINOR.PATCH @throws TOOL_MISSING */
export async function buildApp(root: string, version: string, port: DemoPort = "virt"): Promise<Uint8Array> {
  const out = join(root, "build/firmware", port, `app-${version}.bin`);
  await make(root, [TARGETS[port].app, `VERSION=${version}`, `${TARGETS[port].out}=${out}`]);
  return Uint8Array.from(readFileSync(out));
}

/** @throws TOOL_MISSING */
export async function buildBootloader(root: string, port: DemoPort = "virt"): Promise<Uint8Array> {
  await make(root, [TARGETS[port].bootloader]);
  return Uint8Array.from(readFileSync(join(root, "build/firmware", port, "bootloader.bin")));
}

async function make(root: string, args: readonly string[]): Promise<void> {
  try {
    await run("make", ["-s", "-C", join(root, "firmware"), ...args]);
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim().split("\n").slice(-5) : [];
    throw new TouchmarkError("TOOL_MISSING", { data: { command: `make ${args[0]}`, said }, cause });
  }
}
