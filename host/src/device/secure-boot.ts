// SPDX-License-Identifier: Apache-2.0
// What is looked at before fuses close the way to write a chip's flash, or make its mask ROM ask for signatures (secure
// boot, version 2), for good.
import { TouchmarkError } from "../errors.ts";
import { checkFactoryImage, factorySecurityVersion, requireTaken } from "./factory-image.ts";
import { holdsBootloader } from "./flash-chip.ts";
import { readRevision, secureBootKeys } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

/** Version 0.3: earlier silicon checks no such signature. */
const FIRST_REVISION = 3;

/**
 * @param factory what the chip was flashed with
 * @param securityVersion that the rollback counter's mirror rises to
 * @throws FLASH_MISMATCH where the chip holds another bootloader, SECURITY_VERSION_ROLLBACK where it would not start the
 *   image's release any more, ESP_IMAGE_SIGNATURE where its mask ROM does not take the bootloader, IMAGE_SIZE,
 *   ESP_IMAGE_…, ROM_LOADER
 */
export async function readyToClose(loader: RomLoader, factory: Uint8Array, securityVersion = 0): Promise<void> {
  const key = checkFactoryImage(factory);
  const version = factorySecurityVersion(factory);
  if (securityVersion > version)
    throw new TouchmarkError("SECURITY_VERSION_ROLLBACK", { data: { securityVersion, image: version } });
  requireTaken(key, await secureBootKeys(loader));
  if (!(await holdsBootloader(loader, factory)))
    throw new TouchmarkError("FLASH_MISMATCH", { data: { what: "the chip holds another bootloader" } });
}

/**
 * @returns digest of the key that signed its bootloader
 * @throws as readyToClose; ESP_IMAGE_SIGNATURE where no key did, CHIP_WRONG for silicon that cannot
 */
export async function readyForSecureBoot(
  loader: RomLoader,
  factory: Uint8Array,
  securityVersion = 0,
): Promise<Uint8Array> {
  const key = checkFactoryImage(factory);
  if (key === undefined) throw new TouchmarkError("ESP_IMAGE_SIGNATURE", { data: { what: "not signed" } });
  const revision = await readRevision(loader);
  if (revision < FIRST_REVISION) throw new TouchmarkError("CHIP_WRONG", { data: { revision, needs: FIRST_REVISION } });
  await readyToClose(loader, factory, securityVersion);
  return key;
}
