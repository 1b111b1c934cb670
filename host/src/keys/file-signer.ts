// SPDX-License-Identifier: Apache-2.0
// Keys as encrypted PEM files.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { TouchmarkError } from "../errors.ts";
import { writeNewFile } from "../files.ts";
import { decryptKey, encryptKey } from "../protocol/encrypted-key.ts";
import { decodeOnePem, encodePem } from "../protocol/pem.ts";
import { isSecret } from "../protocol/secp256k1.ts";
import { refuseFakeKey } from "./fake-keys.ts";
import { type MemorySigner, memorySigner } from "./memory-signer.ts";

const PASSPHRASE_BYTES_MIN = 12;

/** A new key, encrypted; `write` makes its file, for the owner alone (mode 0600). @throws KEY_REFUSED, FILE_EXISTS */
export async function newKeyFile(
  path: string,
  passphrase: string,
): Promise<{ readonly signer: MemorySigner; readonly write: () => Promise<void> }> {
  if (Buffer.byteLength(passphrase) < PASSPHRASE_BYTES_MIN)
    throw new TouchmarkError("KEY_REFUSED", { data: { what: `passphrase under ${PASSPHRASE_BYTES_MIN} bytes` } });
  const secret = newSecret();
  const pem = encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(secret, passphrase));
  return { signer: memorySigner(secret), write: async () => writeNewFile(path, pem, 0o600) };
}

/** Makes a key and its file. @throws KEY_REFUSED (short passphrase), FILE_EXISTS */
export async function createKeyFile(path: string, passphrase: string): Promise<MemorySigner> {
  const { signer, write } = await newKeyFile(path, passphrase);
  await write();
  return signer;
}

/** @throws FILE_MISSING, KEY_LOCKED, KEY_REFUSED (fake key, too few rounds), DER_MALFORMED */
export async function openKeyFile(path: string, passphrase: string): Promise<MemorySigner> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
  });
  const signer = memorySigner(await decryptKey(decodeOnePem("ENCRYPTED PRIVATE KEY", text), passphrase));
  try {
    refuseFakeKey(signer.publicKey);
  } catch (error) {
    signer.close();
    throw error;
  }
  return signer;
}

/** 32 bytes of the system's CSPRNG, 1 ≤ secret < n. */
export function newSecret(): Uint8Array {
  for (;;) {
    const secret = Uint8Array.from(randomBytes(32));
    if (isSecret(secret)) return secret;
  }
}
