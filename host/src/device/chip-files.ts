// SPDX-License-Identifier: Apache-2.0
// An emulated chip at rest: its flash and its one-time memory as files. Copying the flash does not copy the chip.
import { closeSync, cpSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { TouchmarkError } from "../errors.ts";
import { flash } from "../protocol/generated.ts";

export interface ChipFiles {
  readonly flash: string;
  readonly oneTime: string;
}

// QEMU wants the files of both banks at full size; what is not written stays a hole.
const BANK_BYTES = flash.virt.totalBytes;
const ERASED = 0xff;

export function chipFilesIn(folder: string): ChipFiles {
  return { flash: join(folder, "flash.bin"), oneTime: join(folder, "one-time.bin") };
}

/** A new chip that was flashed with a factory image. It draws its chip id at its first start. */
export function makeChip(folder: string, factoryImage: Uint8Array): ChipFiles {
  if (factoryImage.length > BANK_BYTES)
    throw new TouchmarkError("IMAGE_SIZE", { data: { bytes: factoryImage.length } });
  const files = chipFilesIn(folder);
  mkdirSync(folder, { recursive: true });
  writeBank(files.flash, factoryImage);
  writeBank(files.oneTime, new Uint8Array(flash.virt.eraseBytes).fill(ERASED));
  return files;
}

/** Another chip with the same flash. */
export function copyFlash(from: ChipFiles, folder: string): ChipFiles {
  const files = makeChip(folder, new Uint8Array());
  cpSync(from.flash, files.flash);
  return files;
}

/** The same chip at the same moment, for what may happen to it next. */
export function copyChip(from: ChipFiles, folder: string): ChipFiles {
  const files = copyFlash(from, folder);
  cpSync(from.oneTime, files.oneTime);
  return files;
}

function writeBank(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "w", 0o600);
  try {
    writeSync(file, bytes);
    ftruncateSync(file, BANK_BYTES);
  } finally {
    closeSync(file);
  }
}
