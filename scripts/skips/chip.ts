// SPDX-License-Identifier: Apache-2.0
// A locked FAKE chip whose boot record names slot A and whose slot B is empty. Slot A's head holds a receipt of this
// chip, made here with its key: protocol/flash.md and firmware/ports/emulated/one_time_fields.h give the places.
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type ChipFiles, makeChip } from "../../host/src/device/chip-files.ts";
import { concatBytes } from "../../host/src/protocol/bytes.ts";
import { domains, flash, layouts } from "../../host/src/protocol/generated.ts";
import { sha256 } from "../../host/src/protocol/secp256k1.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../host/src/protocol/suit-manifest.ts";
import { buildRelease } from "../../host/src/release/build.ts";
import { factoryImage } from "../../host/src/release/factory.ts";
import { signRelease } from "../../host/src/release/sign.ts";
import { fakeAuthority } from "../../test/support/fake-authority.ts";
import { fakeTrust } from "../../test/support/fake-factory.ts";
import { fakeSigner } from "../../test/support/fake-keys.ts";

/** What is wrong with the slot; all else about it is right, so that one check alone keeps it from running. */
export const faults = ["image", "signature", "receipt"] as const;
export type Fault = (typeof faults)[number];

export const IMAGE_BYTES = 4096;
const SLOT_A = 0;
const CHIP_KEY = new Uint8Array(32).fill(0x5c);

// Wherever a jump lands in it, an image runs to the jump to itself at its end.
const LOAD_ZERO = 0x4501; // c.li a0, 0
const NOP = 0x0001;
const JUMP_TO_SELF = 0xa001;

function sled(instruction: number): Uint8Array {
  const code = Buffer.alloc(IMAGE_BYTES);
  for (let at = 0; at < IMAGE_BYTES; at += 2) code.writeUInt16LE(instruction, at);
  code.writeUInt16LE(JUMP_TO_SELF, IMAGE_BYTES - 2);
  return Uint8Array.from(code);
}

/** @param fault undefined: nothing, the image runs */
export async function lockedChip(
  folder: string,
  bootloader: Uint8Array,
  fault?: Fault,
  image = sled(NOP),
): Promise<ChipFiles> {
  const release = await signed(image, fault === "signature" ? "other-" : "");
  const contents = factoryImage({ port: "virt", bootloader, release, trust: fakeTrust });
  const { slotAHead, slotAImage } = flash.virt.regions;
  const head = contents.subarray(slotAHead.offset);
  const { rootPublicKey, receipt } = layouts.slotHead.fields;
  head.set(fakeSigner("root").publicKey, rootPublicKey.offset);
  head.fill(0, layouts.slotHead.fields.padding.offset, receipt.offset);
  head.set(receiptOf(head.subarray(0, receipt.offset), release), receipt.offset);
  if (fault === "receipt") head[receipt.offset] = ~(head[receipt.offset] ?? 0);
  if (fault === "image") contents.set(sled(LOAD_ZERO), slotAImage.offset);
  const chip = makeChip(folder, contents);
  writeFileSync(chip.oneTime, lockedOneTime(), { flag: "r+" });
  return chip;
}

async function signed(image: Uint8Array, keys: "" | "other-"): Promise<SignedRelease> {
  const { chainId, board, boardCodeHash, vendorId, classId } = fakeTrust;
  const { root, ota, otaSigner } = await fakeAuthority({ chainId, keys });
  const license = { chainId, board, boardCodeHash, manufacturerId: 7n, securityVersion: 1, minBlock: 0n };
  const { manifest } = buildRelease(image, { ...license, version: "1.0.0", vendorId, classId, sequence: 1 });
  return signRelease(image, manifest, { signer: otaSigner, certificate: ota.der, root: root.certificate.der });
}

function receiptOf(bound: Uint8Array, { manifest }: SignedRelease): Uint8Array {
  const domain = Buffer.from(`${domains.receipt}\0`);
  const message = concatBytes(domain, Uint8Array.of(SLOT_A), bound, manifestDigest(manifest));
  return createHmac("sha256", CHIP_KEY).update(message).digest();
}

// Fields 0 chip key, 1 hash of the constant trust, 2 chip id; counter 0 is the lock.
function lockedOneTime(): Uint8Array {
  const PLACES_BYTES = 4 * 64;
  const COUNTERS = 0x800;
  const bytes = Buffer.alloc(COUNTERS + 4, 0xff);
  for (const [field, value] of [CHIP_KEY, sha256(CHIP_KEY), sha256(sha256(CHIP_KEY))].entries()) {
    bytes.set(value, field * PLACES_BYTES);
    bytes.set(
      value.map((byte) => ~byte),
      field * PLACES_BYTES + value.length,
    );
  }
  bytes.writeUInt32BE(0x5aa5c33c, COUNTERS);
  return bytes;
}
