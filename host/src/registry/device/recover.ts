// SPDX-License-Identifier: Apache-2.0
import { recoverAddress, Signature } from "ethers";

/** Who signed a digest; undefined where r or s is out of range, or s is high. */
export function recoverDigest(signature: string, digest: string): string | undefined {
  try {
    return recoverAddress(digest, Signature.from(signature));
  } catch {
    return undefined;
  }
}
