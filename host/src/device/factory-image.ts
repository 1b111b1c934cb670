// SPDX-License-Identifier: Apache-2.0
// A factory image of the ESP32-C3, looked at before a chip gets it.
import { TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import { decodeEspImage, espImageBytes } from "../protocol/esp-image.ts";
import { SIGNATURE_SECTOR, verifyEspSignature, wholeSectors } from "../protocol/esp-signature.ts";
import { flash, layouts } from "../protocol/generated.ts";

const { regions } = flash.esp32c3;
const ERASED = 0xff;

/**
 * What may be written to a chip.
 *
 * @returns digest of the key that signed the bootloader for the mask ROM's secure boot, if one did
 * @throws FACTORY_IMAGE, ESP_IMAGE_…
 */
export function checkFactoryImage(image: Uint8Array): Uint8Array | undefined {
  const expected = Math.max(...Object.values(regions).map(({ offset, size }) => offset + size));
  if (image.length !== expected)
    throw new TouchmarkError("FACTORY_IMAGE", { data: { port: "esp32c3", bytes: image.length, expected } });
  const { offset, size } = regions.bootloader;
  const bootloader = image.subarray(offset, offset + size);
  const length = espImageBytes(bootloader);
  decodeEspImage(bootloader.subarray(0, length));
  const whole = wholeSectors(bootloader.subarray(0, length));
  const sector = bootloader.subarray(whole.length, whole.length + SIGNATURE_SECTOR);
  const isSigned = sector.some((byte) => byte !== ERASED);
  const end = whole.length + (isSigned ? SIGNATURE_SECTOR : 0);
  if (!equalBytes(bootloader.subarray(0, whole.length), whole) || bootloader.subarray(end).some((b) => b !== ERASED))
    throw new TouchmarkError("ESP_IMAGE_MALFORMED", { data: { what: "bytes behind the bootloader" } });
  return isSigned ? verifyEspSignature(whole, sector) : undefined;
}

/** Of the release in slot A; 0 where there is none. @param image that was checked */
export function factorySecurityVersion(image: Uint8Array): number {
  const { magic, fields } = layouts.slotHead;
  const head = Buffer.from(image).subarray(regions.slotAHead.offset);
  const isHead = head.subarray(0, magic.length).equals(Buffer.from(magic, "ascii"));
  return isHead ? head.readUInt32BE(fields.securityVersion.offset) : 0;
}

/** @param burned digests of keys that the chip takes; undefined where it takes any @throws ESP_IMAGE_SIGNATURE */
export function requireTaken(key: Uint8Array | undefined, burned: readonly Uint8Array[] | undefined): void {
  if (burned === undefined || burned.some((digest) => key !== undefined && equalBytes(digest, key))) return;
  throw new TouchmarkError("ESP_IMAGE_SIGNATURE", { data: { chip: burned.map(toHex), image: key && toHex(key) } });
}
