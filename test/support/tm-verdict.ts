// SPDX-License-Identifier: Apache-2.0
// The device's own code on this machine: build/firmware/host/tm-verdict (firmware/test/vector_runner.c).
// The same code for rv32imc, in QEMU: build/firmware/virt/tm-verdict.elf.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { QEMU } from "../../host/src/device/qemu.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import type { Step, UnitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

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

/** Counts; all but the instructions also on this machine. */
export interface VerdictWork {
  readonly instructions: number;
  readonly verifies: number;
  readonly keccakBlocks: number;
  readonly sha256Bytes: number;
}

export interface DeviceVerdict {
  /** "OK" or an error's name. */
  readonly verdict: string;
  /** The unit's, after the verdict. */
  readonly floor: bigint;
  readonly epoch: number;
}

const make = (target: string): unknown =>
  execFileSync("make", ["-C", "firmware", "--no-print-directory", target], { cwd: root, stdio: "pipe" });

const batchOf = (questions: readonly Question[]): string => `${questions.flatMap(lines).join("\n")}\n`;

/** Builds tm-verdict where it is not, and asks it. */
export function deviceVerdicts(questions: readonly Question[]): DeviceVerdict[] {
  make("verdict");
  const { status, stdout, stderr } = spawnSync(join(root, "build/firmware/host/tm-verdict"), ["batch"], {
    input: batchOf(questions),
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
  });
  if (status !== 0) throw new Error(`tm-verdict: ${stderr}`);
  return stdout.trimEnd().split("\n").map(parse);
}

export interface EmulatedVerdict extends DeviceVerdict {
  readonly work: VerdictWork;
}

/** Instructions that one signature, one Keccak block and one byte of SHA-256 take. */
export type Costs = Readonly<Record<"verify" | "keccakBlock" | "sha256Byte", number>>;

/** The same on rv32imc, in QEMU with an exact count of instructions. */
export function emulatedVerdicts(questions: readonly Question[]): { costs: Costs; verdicts: EmulatedVerdict[] } {
  make("verdict-virt");
  using folder = new TemporaryFolder();
  writeFileSync(folder.join("batch.txt"), `costs now\n${batchOf(questions)}`);
  const program = join(root, "build/firmware/virt/tm-verdict.elf");
  const { status, stdout, stderr } = spawnSync(QEMU, [...MACHINE, "-kernel", program], {
    cwd: folder.path,
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
  });
  if (status !== 0) throw new Error(`tm-verdict in QEMU: ${stderr}`);
  const [costs = "", ...answers] = stdout.trimEnd().split(/\r?\n/);
  const [verify = 0, keccakBlock = 0, sha256Byte = 0] = costs.split(" ").map(Number);
  return { costs: { verify, keccakBlock, sha256Byte }, verdicts: answers.map(parseWithWork) };
}

const MACHINE = [
  ...["-M", "virt", "-cpu", "rv32,a=off,f=off,d=off", "-m", "64M", "-bios", "none"],
  ...["-display", "none", "-monitor", "none", "-serial", "none"],
  ...["-chardev", "stdio,id=out", "-semihosting-config", "enable=on,target=native,chardev=out"],
  ...["-icount", "shift=0,sleep=off"],
];

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

function parseWithWork(line: string): EmulatedVerdict {
  const [instructions = 0, verifies = 0, keccakBlocks = 0, sha256Bytes = 0] = line.split(" ").slice(3).map(Number);
  return { ...parse(line), work: { instructions, verifies, keccakBlocks, sha256Bytes } };
}
