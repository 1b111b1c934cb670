// SPDX-License-Identifier: Apache-2.0
// A factory image onto a chip through its mask ROM. What stands there already is not written again: a second run goes on
// where the first was cut.
import { createHash } from "node:crypto";
import { TouchmarkError } from "../errors.ts";
import { decodeEspImage, espImageBytes } from "../protocol/esp-image.ts";
import { flash } from "../protocol/generated.ts";
import { isLocked, readFuses } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

const { eraseBytes, totalBytes, regions } = flash.esp32c3;
const PIECE_BYTES = 65_536;
const ERASED = 0xff;

export interface Flashed {
  readonly bytes: number;
  /** Of them, those that did not stand there already. */
  readonly written: number;
}

/** What may be written to a chip. @throws IMAGE_SIZE, ESP_IMAGE_… */
export function checkFactoryImage(image: Uint8Array): void {
  const expected = Math.max(...Object.values(regions).map(({ offset, size }) => offset + size));
  if (image.length !== expected) throw new TouchmarkError("IMAGE_SIZE", { data: { bytes: image.length, expected } });
  const { offset, size } = regions.bootloader;
  const bootloader = image.subarray(offset, offset + size);
  const length = espImageBytes(bootloader);
  decodeEspImage(bootloader.subarray(0, length));
  if (bootloader.subarray(length).some((byte) => byte !== ERASED))
    throw new TouchmarkError("ESP_IMAGE_MALFORMED", { data: { what: "bytes behind the bootloader" } });
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
  checkFactoryImage(image);
  if (isLocked(await readFuses(loader))) throw new TouchmarkError("CHIP_LOCKED");
  const bytes = await loader.flashBytes();
  if (bytes < totalBytes) throw new TouchmarkError("CHIP_WRONG", { data: { flashBytes: bytes, expected: totalBytes } });
  let written = 0;
  // The bootloader's piece last: a chip that was cut in between starts nothing, and stays in its loader's hands.
  for (const offset of pieces(image).toReversed()) {
    const piece = image.subarray(offset, offset + PIECE_BYTES);
    const done = image.length - offset - piece.length;
    if (!(await stands(loader, offset, piece))) {
      await loader.writeFlash(offset, piece, (part) => onProgress(done + part, image.length));
      if (!(await stands(loader, offset, piece))) throw new TouchmarkError("FLASH_MISMATCH", { data: { offset } });
      written += piece.length;
    }
    onProgress(done + piece.length, image.length);
  }
  return { bytes: image.length, written };
}

function pieces(image: Uint8Array): number[] {
  if (image.length % eraseBytes !== 0) throw new TouchmarkError("INTERNAL");
  return Array.from({ length: Math.ceil(image.length / PIECE_BYTES) }, (_, index) => index * PIECE_BYTES);
}

async function stands(loader: RomLoader, offset: number, piece: Uint8Array): Promise<boolean> {
  const expected = createHash("md5").update(piece).digest("hex");
  return (await loader.flashDigest(offset, piece.length)) === expected;
}
