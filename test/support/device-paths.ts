// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface CertificatePath {
  readonly path: "device" | "ota";
  /** Hexadecimal. */
  readonly rootHash: string;
  readonly at?: number;
  /** DER in hexadecimal, leaf first. */
  readonly certificates: readonly string[];
}

/** What the device's own code says of each path: "OK" or an error's name. Builds tm-path where it is not. */
export function deviceVerdicts(paths: readonly CertificatePath[]): string[] {
  execFileSync("make", ["-C", "firmware", "--no-print-directory", "path"], { cwd: root, stdio: "pipe" });
  const lines = paths.map(({ path, rootHash, at, certificates }) =>
    [path, rootHash, at ?? "-", ...certificates].join(" "),
  );
  const { status, stdout, stderr } = spawnSync(join(root, "build/firmware/host/tm-path"), {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`tm-path: ${stderr}`);
  return stdout.trimEnd().split("\n");
}
