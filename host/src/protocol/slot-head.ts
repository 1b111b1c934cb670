// SPDX-License-Identifier: Apache-2.0
// The slot head as the factory writes it: 128 bytes, then authentication wrapper and manifest. Root and receipt stay
// erased until lock programs them. protocol/flash.md.
import { concatBytes } from "./bytes.ts";
import { layouts } from "./generated.ts";
import type { SignedRelease } from "./signed-release.ts";
import { decodeManifest } from "./suit-manifest.ts";

const { fields, size, magic } = layouts.slotHead;
const LAYOUT = 1;
const ERASED = 0xff;

/** @throws MANIFEST_MALFORMED */
export function encodeFactorySlotHead({ authentication, manifest }: SignedRelease): Uint8Array {
  const { imageSize, sequence, license } = decodeManifest(manifest);
  const head = Buffer.alloc(size);
  head.write(magic, fields.magic.offset, "ascii");
  head.writeUInt8(LAYOUT, fields.layout.offset);
  head.writeUInt16BE(manifest.length, fields.manifestLength.offset);
  head.writeUInt16BE(authentication.length, fields.authenticationLength.offset);
  head.writeUInt32BE(imageSize, fields.imageSize.offset);
  head.writeUInt32BE(license.securityVersion, fields.securityVersion.offset);
  head.writeBigUInt64BE(BigInt(sequence), fields.sequenceNumber.offset);
  head.fill(ERASED, fields.rootPublicKey.offset);
  return concatBytes(head, authentication, manifest);
}
