// SPDX-License-Identifier: Apache-2.0
// Tests on the ESP32-C3 need Espressif's QEMU; without it they are skipped, by name.
import { readFileSync, writeFileSync } from "node:fs";
import type { Context } from "mocha";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { type EspQemuOptions, hasEspQemu, makeEspChip, startEspQemu } from "../../host/src/device/esp-qemu.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";

const { ESP_QEMU } = process.env;

/** Espressif's QEMU brings to its files what it has acknowledged within this time. */
export const SETTLE_MS = 20;

/** In a hook or a test that needs the chip. */
export function needsEspQemu(context: Context): void {
  if (!hasEspQemu(ESP_QEMU)) context.skip();
}

/** A chip with something at the start of its flash, put there without its mask ROM's help. */
export function espChipWith(folder: string, program: string | Uint8Array): ChipFiles {
  const chip = makeEspChip(folder);
  writeFlash(chip, typeof program === "string" ? readFileSync(program) : program);
  return chip;
}

/** From offset 0 on; what stands behind stays. */
export function writeFlash({ flash }: ChipFiles, start: Uint8Array): void {
  const contents = readFileSync(flash);
  contents.set(start);
  writeFileSync(flash, contents);
}

export const powerEsp = (chip: ChipFiles, options?: EspQemuOptions): Promise<VirtualUnit> =>
  startEspQemu(ESP_QEMU, chip, options);
