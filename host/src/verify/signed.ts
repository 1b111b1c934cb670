// SPDX-License-Identifier: Apache-2.0
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import type { ErrorName } from "../protocol/generated.ts";
import { verifyDigest } from "../protocol/secp256k1.ts";

/** SIGNATURE_HIGH_S, or the place's `code` for every other signature that does not verify. */
export function requireSigned(
  digest: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
  code: ErrorName,
  data: Readonly<Record<string, unknown>> = {},
): void {
  if (!isSigned(digest, signature, publicKey)) throw new TouchmarkError(code, { data });
}

function isSigned(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return verifyDigest(digest, signature, publicKey);
  } catch (error) {
    if (isTouchmarkError(error, "SIGNATURE_HIGH_S")) throw error;
    return false;
  }
}
