// SPDX-License-Identifier: Apache-2.0
// Of every bit of what gate and boot read: those that the C tests did not flip, and those whose flip was accepted.
import { execFileSync } from "node:child_process";
import type { Figure } from "./figure.ts";

const TESTS = ["gate_bits_test", "bootloader_test"];

export function bitFigures(): Figure[] {
  const options = ["-s", "-C", "firmware", ...TESTS];
  const output = execFileSync("make", options, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const lines = [...output.matchAll(/^# bits (.+): (\d+) of (\d+) flipped, (\d+) accepted$/gm)];
  if (lines.length !== TESTS.length) throw new Error(`${lines.length} of ${TESTS.length} tests say how many bits`);
  const sum = (of: (line: RegExpMatchArray) => number): number => lines.reduce((total, line) => total + of(line), 0);
  const note = lines.map(([, what, , all]) => `${all} of ${what}`).join("; ");
  return [
    {
      figure: "bits.unflipped",
      value: sum((line) => Number(line[3]) - Number(line[2])),
      unit: "bits",
      budget: "<= 0",
      note,
    },
    { figure: "bits.accepted", value: sum((line) => Number(line[4])), unit: "bits", budget: "<= 0", note },
  ];
}
