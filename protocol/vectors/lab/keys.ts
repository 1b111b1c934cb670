// SPDX-License-Identifier: Apache-2.0
// The FAKE keys of certs/fake, and as many more of their kind as a vector needs: SHA-256 over `touchmark FAKE ` and a name.
import { publicKeyOf, sha256, signDigest } from "../../../host/src/protocol/secp256k1.ts";

export interface FakeKey {
  readonly publicKey: Uint8Array;
  sign(digest: Uint8Array): Uint8Array;
}

export function fakeKey(name: string): FakeKey {
  const secret = sha256(Buffer.from(`touchmark FAKE ${name}`, "utf8"));
  return { publicKey: publicKeyOf(secret), sign: (digest) => signDigest(digest, secret) };
}
