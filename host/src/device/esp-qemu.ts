// SPDX-License-Identifier: Apache-2.0
// The ESP32-C3 itself under Espressif's QEMU, from its mask ROM on.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { TouchmarkError } from "../errors.ts";
import { flash } from "../protocol/generated.ts";
import { startChild } from "./child-process.ts";
import { type ChipFiles, chipFilesIn } from "./chip-files.ts";
import { type QemuSerial, serialAddress, serialArgument } from "./qemu-serial.ts";
import { powered, type VirtualUnit } from "./virtual-unit.ts";

export interface EspQemuOptions extends QemuSerial {
  /** Strapped as a board is whose BOOT button is held at reset: the mask ROM waits for its loader's commands. */
  readonly download?: boolean;
  readonly extra?: readonly string[];
}

const ERASED = 0xff;
const FUSE_FILE_BYTES = 1024;
const MAC_OFFSET = 24;
const REVISION_OFFSET = 36;

/** Whether the program is a QEMU that has the chip. @param program as ESP_QEMU names it */
export function hasEspQemu(program: string | undefined): program is string {
  if (program === undefined || program === "") return false;
  try {
    return /^esp32c3\s/m.test(execFileSync(program, ["-M", "help"], { encoding: "utf8" }));
  } catch {
    return false;
  }
}

/** @throws TOOL_MISSING */
export function requireEspQemu(program: string | undefined): asserts program is string {
  if (!hasEspQemu(program))
    throw new TouchmarkError("TOOL_MISSING", { data: { what: "a QEMU with -M esp32c3: ESP_QEMU names it", program } });
}

/** A blank chip as it leaves the factory: erased flash, and fuses that hold its MAC address and revision 0.3 alone. */
export function makeEspChip(folder: string): ChipFiles {
  const files = chipFilesIn(folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.flash, Buffer.alloc(flash.esp32c3.totalBytes, ERASED), { mode: 0o600 });
  const fuses = Buffer.alloc(FUSE_FILE_BYTES);
  randomBytes(6).copy(fuses, MAC_OFFSET);
  fuses.writeUInt32LE(3 << 18, REVISION_OFFSET);
  writeFileSync(files.oneTime, fuses, { mode: 0o600 });
  return files;
}

/** @param program as ESP_QEMU names it @throws TOOL_MISSING */
export async function startEspQemu(
  program: string | undefined,
  chip: ChipFiles,
  options: EspQemuOptions = {},
): Promise<VirtualUnit> {
  requireEspQemu(program);
  const { serial = "pty", download = false, extra = [] } = options;
  if (serial.startsWith("unix:")) rmSync(serial.slice("unix:".length), { force: true });
  const child = await startChild(program, [
    ...["-M", "esp32c3", "-display", "none", "-monitor", "none"],
    ...["-drive", `if=mtd,format=raw,file=${chip.flash.replaceAll(",", ",,")}`],
    ...["-drive", `if=none,id=fuses,format=raw,file=${chip.oneTime.replaceAll(",", ",,")}`],
    ...["-global", "driver=nvram.esp32c3.efuse,property=drive,value=fuses"],
    ...(download ? DOWNLOAD : []),
    ...["-serial", serialArgument(serial), ...extra],
  ]);
  return await powered(child, (output) => serialAddress(serial, child, output));
}

const DOWNLOAD = [
  ...["-global", "driver=esp32c3.gpio,property=strap_mode,value=0x02"],
  ...["-global", "driver=timer.esp32c3.timg,property=wdt_disable,value=true"],
];
