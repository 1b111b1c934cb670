// SPDX-License-Identifier: Apache-2.0
// Which instructions an undisturbed boot executes: QEMU logs each block of code when it first translates it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { Machine } from "./machine.ts";

export async function reachedAddresses(
  chip: ChipFiles,
  folder: string,
  waits: readonly number[],
): Promise<ReadonlySet<number>> {
  const log = join(folder, "translated.log");
  {
    await using machine = new Machine(chip, join(folder, "translated"), waits, ["-d", "in_asm", "-D", log]);
    const outcome = await machine.skip([], 60_000);
    if (outcome !== "refused") throw new Error(`an undisturbed boot of the bad image is ${outcome}, not refused`);
  }
  const addresses = readFileSync(log, "utf8").matchAll(/^0x([0-9a-f]+):/gm);
  return new Set([...addresses].map(([, address = ""]) => Number.parseInt(address, 16)));
}
