// SPDX-License-Identifier: Apache-2.0
// What nobody outside a chip can do: opens an emulated chip's files and unwraps its key, for tests that look for it.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { concatBytes, equalBytes } from "../../host/src/protocol/bytes.ts";
import { domains } from "../../host/src/protocol/generated.ts";
import { publicKeyOf } from "../../host/src/protocol/secp256k1.ts";

const CHIP_KEY_BYTES = 32;
const TAG_BYTES = 32;

/** @param chipId 8 bytes @param publicKey compressed */
export function unwrapDeviceKey({ flash, oneTime }: ChipFiles, chipId: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const cells = readFileSync(flash);
  const head = Buffer.from(concatBytes(chipId, publicKey));
  const at = cells.indexOf(head);
  if (at < 0) throw new RangeError("no identity cell of this unit");
  const tag = cells.subarray(at + head.length).subarray(0, TAG_BYTES);
  const sealed = cells.subarray(at + head.length + TAG_BYTES).subarray(0, 32);
  // The chip key is the first field.
  const key = readFileSync(oneTime).subarray(0, CHIP_KEY_BYTES);
  const label = Buffer.from(`${domains.keyWrap}\0`);
  const stream = createHmac("sha256", key).update(label).update(chipId).update(tag).digest();
  const secret = Uint8Array.from(sealed, (byte, index) => byte ^ (stream[index] ?? 0));
  if (!equalBytes(publicKeyOf(secret), publicKey)) throw new RangeError("not the unit's key");
  return secret;
}

/** Ways in which a secret could stand in bytes or text. */
export function formsOf(secret: Uint8Array): Buffer[] {
  const plain = Buffer.from(secret);
  const reversed = Buffer.from(plain.toReversed());
  const hex = plain.toString("hex");
  return [
    plain,
    reversed,
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    Buffer.from(BigInt(`0x${hex}`).toString()),
  ];
}
