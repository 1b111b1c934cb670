// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { addressOf, isSecret, publicKeyOf, signDigest, verifyDigest } from "../protocol/secp256k1.ts";
import type { Signer } from "./signer.ts";

/** Takes the secret over: `close` wipes it, after which it signs no more. */
export interface MemorySigner extends Signer, Disposable {
  close(): void;
}

/** @param secret 32 bytes @throws KEY_REFUSED unless 1 ≤ secret < n */
export function memorySigner(secret: Uint8Array): MemorySigner {
  if (!isSecret(secret)) throw new TouchmarkError("KEY_REFUSED", { data: { what: "not a secp256k1 secret" } });
  const publicKey = publicKeyOf(secret);
  let open = true;
  const close = (): void => {
    open = false;
    secret.fill(0);
  };
  return {
    publicKey,
    address: addressOf(publicKey),
    async sign(digest) {
      if (!open) throw new TouchmarkError("KEY_LOCKED", { data: { what: "closed" } });
      const signature = signDigest(digest, secret);
      // A fault in a deterministic signature can give the key away: nothing leaves that does not verify.
      if (!verifyDigest(digest, signature, publicKey)) throw new TouchmarkError("INTERNAL");
      return signature;
    },
    close,
    [Symbol.dispose]: close,
  };
}
