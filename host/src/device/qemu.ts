// SPDX-License-Identifier: Apache-2.0
// The virt port's chip under Debian's qemu-system-riscv32.
import { rmSync } from "node:fs";
import { flash } from "../protocol/generated.ts";
import { startChild } from "./child-process.ts";
import type { ChipFiles } from "./chip-files.ts";
import { type Lines, powered, socketOf, type VirtualUnit } from "./virtual-unit.ts";

export const QEMU = "qemu-system-riscv32";

export interface QemuOptions {
  /** The serial line's other end: a pty unless `unix:PATH` or `tcp:HOST:PORT` is given. */
  readonly serial?: string;
  /** Further arguments, for a debugger or exact instruction counts. */
  readonly extra?: readonly string[];
}

/** @throws TOOL_MISSING without QEMU, or where it does not start; its own words are in the data. */
export async function startQemu(
  chip: ChipFiles,
  { serial = "pty", extra = [] }: QemuOptions = {},
): Promise<VirtualUnit> {
  if (serial.startsWith("unix:")) rmSync(serial.slice("unix:".length), { force: true });
  const child = await startChild(QEMU, [...machine(chip), "-serial", characterDevice(serial), ...extra]);
  return await powered(child, (output) => (serial === "pty" ? ptyOf(output) : socketOf(serial, child)));
}

function machine({ flash: flashFile, oneTime }: ChipFiles): string[] {
  return [
    ...["-M", "virt", "-cpu", "rv32,a=off,f=off,d=off", "-m", `${flash.virt.ramBytes >> 20}M`],
    ...["-bios", "none", "-display", "none", "-monitor", "none"],
    ...["-drive", `if=pflash,unit=0,format=raw,file=${escapeComma(flashFile)}`],
    ...["-drive", `if=pflash,unit=1,format=raw,file=${escapeComma(oneTime)}`],
    ...["-global", "virtio-mmio.force-legacy=false", "-device", "virtio-rng-device"],
  ];
}

function characterDevice(serial: string): string {
  return serial === "pty" ? serial : `${escapeComma(serial)},server=on,wait=off`;
}

// QEMU's option syntax.
const escapeComma = (text: string): string => text.replaceAll(",", ",,");

function ptyOf(output: Lines): Promise<string> {
  return new Promise((resolve) => {
    output.onLine((line) => {
      const path = /char device redirected to (\/dev\/\S+) /.exec(line)?.[1];
      if (path !== undefined) resolve(path);
    });
  });
}
