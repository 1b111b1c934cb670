// SPDX-License-Identifier: Apache-2.0
// A factory image onto a chip through its mask ROM. What stands there already is not written again: a second run goes on
// where the first was cut.
import { createHash } from "node:crypto";
import { TouchmarkError } from "../errors.ts";
import { flash } from "../protocol/generated.ts";
import { checkFactoryImage, requireTaken } from "./factory-image.ts";
import { isLocked, readFuses, secureBootKeys } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

const { eraseBytes, totalBytes, regions } = flash.esp32c3;
const PIECE_BYTES = 65_536;

export interface Flashed {
  readonly bytes: number;
  /** Of them, those that did not stand there already. */
  readonly written: number;
}

/** Whether the chip's flash holds the image's bootloader. @throws ROM_LOADER, CHIP_WRONG */
export async function holdsBootloader(loader: RomLoader, image: Uint8Array): Promise<boolean> {
  await loader.flashBytes(); // attaches the flash
  const { offset, size } = regions.bootloader;
  return await stands(loader, offset, image.subarray(offset, offset + size));
}

/**
 * @throws CHIP_WRONG, CHIP_LOCKED, IMAGE_SIZE, ESP_IMAGE_… before anything is written; FLASH_MISMATCH where a piece reads
 *   back otherwise, ROM_LOADER
 */
export async function flashChip(
  loader: RomLoader,
  image: Uint8Array,
  onProgress: (done: number, total: number) => void,
): Promise<Flashed> {
  const key = checkFactoryImage(image);
  if (isLocked(await readFuses(loader))) throw new TouchmarkError("CHIP_LOCKED");
  requireTaken(key, await secureBootKeys(loader));
  const bytes = await loader.flashBytes();
  if (bytes < totalBytes) throw new TouchmarkError("CHIP_WRONG", { data: { flashBytes: bytes, expected: totalBytes } });
  const report = (done: number) => (part: number) => onProgress(done + part, image.length);
  let written = 0;
  // The bootloader's header last: what was cut in between starts nothing.
  let done = 0;
  for (const { offset, piece } of pieces(image).toReversed()) {
    if (!(await stands(loader, offset, piece))) {
      await loader.writeFlash(offset, piece, report(done));
      if (!(await stands(loader, offset, piece))) throw new TouchmarkError("FLASH_MISMATCH", { data: { offset } });
      written += piece.length;
    }
    done += piece.length;
    onProgress(done, image.length);
  }
  return { bytes: image.length, written };
}

/** Whole erase blocks; the first, with the bootloader's header, alone. */
function pieces(image: Uint8Array): { readonly offset: number; readonly piece: Uint8Array }[] {
  const starts = Array.from({ length: Math.ceil(image.length / PIECE_BYTES) }, (_, index) => index * PIECE_BYTES);
  const bounds = [0, eraseBytes, ...starts.slice(1), image.length];
  return bounds.slice(0, -1).map((offset, at) => ({ offset, piece: image.subarray(offset, bounds[at + 1]) }));
}

async function stands(loader: RomLoader, offset: number, piece: Uint8Array): Promise<boolean> {
  const expected = createHash("md5").update(piece).digest("hex");
  return (await loader.flashDigest(offset, piece.length)) === expected;
}
