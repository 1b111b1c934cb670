// SPDX-License-Identifier: Apache-2.0
// The mask ROM's own secure boot (version 2): what is looked at before a fuse makes it ask for signatures for good.
import { TouchmarkError } from "../errors.ts";
import { checkFactoryImage } from "./factory-image.ts";
import { holdsBootloader } from "./flash-chip.ts";
import { readRevision } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

/** Version 0.3: earlier silicon checks no such signature. */
const FIRST_REVISION = 3;

/**
 * @param factory what the chip was flashed with
 * @returns digest of the key that signed its bootloader
 * @throws ESP_IMAGE_SIGNATURE where none did, FLASH_MISMATCH where the chip holds another bootloader, CHIP_WRONG for
 *   silicon that cannot, ROM_LOADER
 */
export async function readyForSecureBoot(loader: RomLoader, factory: Uint8Array): Promise<Uint8Array> {
  const key = checkFactoryImage(factory);
  if (key === undefined) throw new TouchmarkError("ESP_IMAGE_SIGNATURE", { data: { what: "not signed" } });
  const revision = await readRevision(loader);
  if (revision < FIRST_REVISION) throw new TouchmarkError("CHIP_WRONG", { data: { revision, needs: FIRST_REVISION } });
  if (!(await holdsBootloader(loader, factory)))
    throw new TouchmarkError("FLASH_MISMATCH", { data: { what: "the chip holds another bootloader" } });
  return key;
}
