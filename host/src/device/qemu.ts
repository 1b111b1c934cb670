// SPDX-License-Identifier: Apache-2.0
// The virt port's chip under Debian's qemu-system-riscv32.
import { rmSync } from "node:fs";
import { flash } from "../protocol/generated.ts";
import { buttonArguments } from "./button.ts";
import { startChild } from "./child-process.ts";
import type { ChipFiles } from "./chip-files.ts";
import { type QemuSerial, serialAddress, serialArgument } from "./qemu-serial.ts";
import { powered, type VirtualUnit } from "./virtual-unit.ts";

export const QEMU = "qemu-system-riscv32";

export interface QemuOptions extends QemuSerial {
  /** Further arguments, for a debugger or exact instruction counts. */
  readonly extra?: readonly string[];
  /** A flash at its end: it answers each write and erase with the status of a failure, and keeps what it has. */
  readonly worn?: boolean;
  /** The unit has a button, which nobody presses; the socket by which somebody can (button.ts). Without: somebody always is there. */
  readonly button?: string;
}

/** @throws TOOL_MISSING without QEMU, or where it does not start; its own words are in the data. */
export async function startQemu(
  chip: ChipFiles,
  { serial = "pty", extra = [], worn = false, button }: QemuOptions = {},
): Promise<VirtualUnit> {
  if (serial.startsWith("unix:")) rmSync(serial.slice("unix:".length), { force: true });
  const pins = button === undefined ? [] : buttonArguments(button);
  const child = await startChild(QEMU, [...machine(chip, worn), "-serial", serialArgument(serial), ...pins, ...extra]);
  return await powered(child, (output) => serialAddress(serial, child, output));
}

function machine({ flash: flashFile, oneTime }: ChipFiles, worn: boolean): string[] {
  return [
    ...["-M", "virt", "-cpu", "rv32,a=off,f=off,d=off", "-m", `${flash.virt.ramBytes >> 20}M`],
    ...["-bios", "none", "-display", "none", "-monitor", "none"],
    ...["-drive", `if=pflash,unit=0,format=raw,readonly=${worn ? "on" : "off"},file=${escapeComma(flashFile)}`],
    ...["-drive", `if=pflash,unit=1,format=raw,file=${escapeComma(oneTime)}`],
    ...["-global", "virtio-mmio.force-legacy=false", "-device", "virtio-rng-device"],
  ];
}

// QEMU's option syntax.
const escapeComma = (text: string): string => text.replaceAll(",", ",,");
