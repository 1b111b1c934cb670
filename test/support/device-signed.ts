// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What the device's own code builds for each line of signed_runner.c, or its refusal. */
export function deviceSigned(lines: readonly string[]): string[] {
  execFileSync("make", ["-C", "firmware", "--no-print-directory", "signed"], { cwd: root, stdio: "pipe" });
  const { status, stdout, stderr } = spawnSync(join(root, "build/firmware/host/tm-signed"), {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`tm-signed: ${stderr}`);
  return stdout.trimEnd().split("\n");
}

/** A text or bytes as the runner reads them. */
export const hexOf = (value: string | Uint8Array): string => Buffer.from(value as Uint8Array).toString("hex") || "-";
