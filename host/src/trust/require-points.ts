// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";
import { expandPoint } from "../protocol/secp256k1.ts";

/**
 * Half of all x are on no point of the curve: nobody can sign by such a key. A unit takes it in a trust block, and a
 * recovery key is burned in; it is not planned here.
 *
 * @param keys compressed
 * @throws PUBLIC_KEY_INVALID naming the key
 */
export function requirePoints(keys: readonly Uint8Array[]): void {
  for (const key of keys) {
    try {
      expandPoint(key);
    } catch (cause) {
      throw new TouchmarkError("PUBLIC_KEY_INVALID", { data: { key: toHex(key) }, cause });
    }
  }
}
