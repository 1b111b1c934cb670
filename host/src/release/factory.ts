// SPDX-License-Identifier: Apache-2.0
// The flash of a new unit: bootloader, first release in slot A, its boot record, and the trust block that provisioning
// completes. Made from built parts, without a compiler.
import { checkFactoryImage } from "../device/factory-image.ts";
import { TouchmarkError } from "../errors.ts";
import { portOfApp } from "../protocol/app-image.ts";
import { encodeBootRecord } from "../protocol/boot-record.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { isEspImage } from "../protocol/esp-image.ts";
import { flash, layouts } from "../protocol/generated.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import type { SignedRelease } from "../protocol/signed-release.ts";
import { encodeFactorySlotHead } from "../protocol/slot-head.ts";
import { decodeManifest, manifestDigest } from "../protocol/suit-manifest.ts";
import { decodeTrustBlock, encodeTrustBlock, type TrustBlock } from "../protocol/trust-block.ts";

export type FlashPort = keyof typeof flash;
type Region = keyof (typeof flash)["virt"]["regions"];

export interface FactoryParts {
  readonly port: FlashPort;
  readonly bootloader: Uint8Array;
  /** What the unit runs first; announced before its units are locked. */
  readonly release: SignedRelease;
  /** Of a unit that has no root yet: manufacturerId 0, rootHash zero. */
  readonly trust: TrustBlock;
}

const ERASED = 0xff;
const SLOT_A = 0;

/**
 * Flash contents from offset 0 to the end of the last region.
 *
 * @throws IMAGE_SIZE where a part exceeds its region, IMAGE_DIGEST_MISMATCH, VENDOR_MISMATCH, CLASS_MISMATCH,
 *   CHAIN_ID_MISMATCH or BOARD_MISMATCH where release and trust are not of one unit, TRUST_BLOCK_MALFORMED,
 *   MANIFEST_MALFORMED; FACTORY_IMAGE where bootloader or app were built for another port; ESP_IMAGE_…
 */
export function factoryImage({ port, bootloader, release, trust }: FactoryParts): Uint8Array {
  checkTogether(release, trust);
  checkPort(port, bootloader, release.image);
  const digest = manifestDigest(release.manifest);
  const record = { sequence: 1, slot: SLOT_A, state: "confirmed", previousSlot: SLOT_A, reverts: 0 } as const;
  const image = layOut(port, {
    bootloader,
    bootRecord0: encodeBootRecord({ ...record, manifestDigest: digest }),
    moving0: encodeTrustBlock(trust),
    slotAHead: encodeFactorySlotHead(release),
    slotAImage: release.image,
  });
  if (port === "esp32c3") checkFactoryImage(image);
  return image;
}

/** Whom a unit flashed with the image trusts. @throws FACTORY_IMAGE where it is not this port's, TRUST_BLOCK_MALFORMED */
export function factoryTrust(image: Uint8Array, port: string): TrustBlock {
  if (!isFlashPort(port) || image.length !== factoryImageBytes(port))
    throw new TouchmarkError("FACTORY_IMAGE", { data: { port, bytes: image.length } });
  const { offset } = flash[port].regions.moving0;
  return decodeTrustBlock(image.subarray(offset, offset + layouts.trustBlock.size));
}

function isFlashPort(port: string): port is FlashPort {
  return Object.hasOwn(flash, port);
}

/** Bytes from offset 0 to the end of the last region: what a factory image of the port has. */
export function factoryImageBytes(port: FlashPort): number {
  return Math.max(...Object.values(flash[port].regions).map(({ offset, size }) => offset + size));
}

function layOut(port: FlashPort, contents: Partial<Record<Region, Uint8Array>>): Uint8Array {
  const image = new Uint8Array(factoryImageBytes(port)).fill(ERASED);
  for (const [name, { offset, size }] of Object.entries(flash[port].regions)) {
    const part = contents[name as Region];
    if (part === undefined) continue;
    if (part.length > size)
      throw new TouchmarkError("IMAGE_SIZE", { data: { region: name, bytes: part.length, size } });
    image.set(part, offset);
  }
  return image;
}

// A unit of the host executes neither.
function checkPort(port: FlashPort, bootloader: Uint8Array, app: Uint8Array): void {
  if (port === "host") return;
  const built = portOfApp(app);
  if (built !== undefined && built !== port)
    throw new TouchmarkError("FACTORY_IMAGE", { data: { part: "app", builtFor: built, port } });
  if (port === "virt" && isEspImage(bootloader))
    throw new TouchmarkError("FACTORY_IMAGE", { data: { part: "bootloader", builtFor: "esp32c3", port } });
}

function checkTogether({ image, manifest }: SignedRelease, trust: TrustBlock): void {
  const { vendorId, classId, imageDigest, imageSize, license } = decodeManifest(manifest);
  if (image.length !== imageSize) throw new TouchmarkError("IMAGE_SIZE", { data: { bytes: image.length, imageSize } });
  if (!equalBytes(sha256(image), imageDigest)) throw new TouchmarkError("IMAGE_DIGEST_MISMATCH");
  if (!equalBytes(vendorId, trust.vendorId)) throw new TouchmarkError("VENDOR_MISMATCH");
  if (!equalBytes(classId, trust.classId)) throw new TouchmarkError("CLASS_MISMATCH");
  if (license.chainId !== trust.chainId) throw new TouchmarkError("CHAIN_ID_MISMATCH");
  const sameBoard = equalBytes(license.board, trust.board) && equalBytes(license.boardCodeHash, trust.boardCodeHash);
  if (!sameBoard) throw new TouchmarkError("BOARD_MISMATCH");
  const isBlank = trust.manufacturerId === 0n && trust.rootHash.every((byte) => byte === 0);
  if (!isBlank) throw new TouchmarkError("TRUST_BLOCK_MALFORMED", { data: { what: "a root before provisioning" } });
}
