// SPDX-License-Identifier: Apache-2.0
// The device's own code on this machine: build/firmware/host/tm-verdict (firmware/test/vector_runner.c).
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { toHex } from "../../host/src/protocol/bytes.ts";
import type { Step, UnitJson } from "../../protocol/vectors/lab/vector-file.ts";

const root = join(import.meta.dirname, "../..");
const MAX_OUTPUT = 64 * 1024 * 1024;

export interface Question {
  readonly step: Step;
  readonly unit: UnitJson;
  /** Bundle, chain or enrollment. */
  readonly input: Uint8Array;
  /** Of the running release, for lock. */
  readonly running?: { readonly authentication: Uint8Array; readonly manifest: Uint8Array };
}

export interface DeviceVerdict {
  /** "OK" or an error's name. */
  readonly verdict: string;
  /** The unit's, after the verdict. */
  readonly floor: bigint;
  readonly epoch: number;
}

/** Builds tm-verdict where it is not, and asks it. */
export function deviceVerdicts(questions: readonly Question[]): DeviceVerdict[] {
  execFileSync("make", ["-C", "firmware", "--no-print-directory", "verdict"], { cwd: root, stdio: "pipe" });
  const { status, stdout, stderr } = spawnSync(join(root, "build/firmware/host/tm-verdict"), ["batch"], {
    input: `${questions.flatMap(lines).join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
  });
  if (status !== 0) throw new Error(`tm-verdict: ${stderr}`);
  return stdout.trimEnd().split("\n").map(parse);
}

function lines({ step, unit, input, running }: Question): string[] {
  return [
    `trust ${unit.trust}`,
    `root ${unit.root}`,
    `rollback ${unit.rollback}`,
    `sequence ${unit.sequence}`,
    `security-version ${unit.securityVersion}`,
    `digest ${unit.digest}`,
    `challenge ${unit.challenge ?? "-"}`,
    `image ${unit.image ?? "-"}`,
    ...(running ? [`authentication ${toHex(running.authentication)}`, `manifest ${toHex(running.manifest)}`] : []),
    `input ${input.length === 0 ? "-" : toHex(input)}`,
    `verdict ${step}`,
  ];
}

function parse(line: string): DeviceVerdict {
  const [verdict = "", floor = "", epoch = ""] = line.split(" ");
  return { verdict, floor: BigInt(floor), epoch: Number(epoch) };
}
