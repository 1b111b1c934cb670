// SPDX-License-Identifier: Apache-2.0
// EncryptedPrivateKeyInfo (RFC 5958 §3) in PBES2 (RFC 8018 §6.2): PBKDF2-HMAC-SHA512 and AES-256-CBC, as OpenSSL and
// Node read it. Node's own export has 2,048 rounds.
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { TouchmarkError } from "../errors.ts";
import { type DerReader, readDer, Tag } from "./der.ts";
import { encodeDer, integer, nothing, octetString, oid, sequence } from "./der-writer.ts";
import { decodePrivateKeyInfo, encodePrivateKeyInfo } from "./private-key-info.ts";

/** At least OWASP's 210,000 for HMAC-SHA512, and NIST SP 800-132's "as large as tolerable": about 0.3 s. */
export const ROUNDS_MIN = 600_000;
/** Bounds what opening a foreign file can cost: some 10 s. */
const ROUNDS_MAX = 20_000_000;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

// RFC 8018 appendix C; 2.16.840.1.101.3.4.1.42 aes256-CBC-PAD; 1.2.840.113549.2.11 hmacWithSHA512.
const PBES2 = "2a864886f70d01050d";
const PBKDF2 = "2a864886f70d01050c";
const HMAC_SHA512 = "2a864886f70d020b";
const AES_256_CBC = "60864801650304012a";

interface Envelope {
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** @param secret 32 bytes, left to the caller to wipe */
export async function encryptKey(
  secret: Uint8Array,
  passphrase: string,
  { rounds = ROUNDS_MIN }: { rounds?: number } = {},
): Promise<Uint8Array> {
  if (rounds < ROUNDS_MIN || rounds > ROUNDS_MAX) throw new TouchmarkError("KEY_REFUSED", { data: { rounds } });
  const salt = Uint8Array.from(randomBytes(SALT_BYTES));
  const iv = Uint8Array.from(randomBytes(16));
  const info = encodePrivateKeyInfo(secret);
  const key = await derive(passphrase, salt, rounds);
  try {
    const cipher = createCipheriv("aes-256-cbc", key, iv);
    return encode({ salt, rounds, iv, ciphertext: Buffer.concat([cipher.update(info), cipher.final()]) });
  } finally {
    info.fill(0);
    key.fill(0);
  }
}

/**
 * The secret, 32 bytes; the caller wipes it.
 * @throws KEY_LOCKED for a wrong passphrase or another kind of key, KEY_REFUSED below 600,000 rounds, DER_MALFORMED
 */
export async function decryptKey(der: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const { salt, rounds, iv, ciphertext } = readDer(der, readEnvelope);
  if (rounds < ROUNDS_MIN || rounds > ROUNDS_MAX) throw new TouchmarkError("KEY_REFUSED", { data: { rounds } });
  const key = await derive(passphrase, salt, rounds);
  let info = Buffer.alloc(0);
  try {
    const cipher = createDecipheriv("aes-256-cbc", key, iv);
    info = Buffer.concat([cipher.update(ciphertext), cipher.final()]);
    return decodePrivateKeyInfo(info);
  } catch (cause) {
    throw new TouchmarkError("KEY_LOCKED", { cause });
  } finally {
    info.fill(0);
    key.fill(0);
  }
}

function encode({ salt, rounds, iv, ciphertext }: Envelope): Uint8Array {
  const kdf = sequence(octetString(salt), integer(rounds), sequence(oid(HMAC_SHA512), nothing()));
  const scheme = sequence(oid(AES_256_CBC), octetString(iv));
  const parameters = sequence(sequence(oid(PBKDF2), kdf), scheme);
  return encodeDer(sequence(sequence(oid(PBES2), parameters), octetString(ciphertext)));
}

function readEnvelope(reader: DerReader): Envelope {
  return reader.within(Tag.sequence, (outer) => {
    const scheme = algorithm(outer, PBES2, (pbes2) =>
      pbes2.within(Tag.sequence, (parameters) => ({
        ...algorithm(parameters, PBKDF2, (kdf) => kdf.within(Tag.sequence, readKdf)),
        iv: algorithm(parameters, AES_256_CBC, (cipher) => sized(cipher.octetString(), 16, 16)),
      })),
    );
    return { ...scheme, ciphertext: outer.octetString() };
  });
}

function readKdf(reader: DerReader): { salt: Uint8Array; rounds: number } {
  const salt = sized(reader.octetString(), 8, 64);
  const rounds = Number(reader.uint64());
  // keyLength is optional and, where written, the cipher's.
  if (reader.tag === Tag.integer && reader.uint64() !== BigInt(KEY_BYTES)) throw foreign("keyLength");
  algorithm(reader, HMAC_SHA512, (prf) => prf.contents(Tag.null));
  return { salt, rounds };
}

function algorithm<T>(reader: DerReader, expected: string, parameters: (inner: DerReader) => T): T {
  return reader.within(Tag.sequence, (inner) => {
    if (inner.oid() !== expected) throw foreign("algorithm");
    return parameters(inner);
  });
}

function sized(bytes: Uint8Array, minimum: number, maximum: number): Uint8Array {
  if (bytes.length < minimum || bytes.length > maximum) throw foreign("salt or iv");
  return bytes;
}

function foreign(what: string): TouchmarkError {
  return new TouchmarkError("KEY_REFUSED", { data: { what } });
}

function derive(passphrase: string, salt: Uint8Array, rounds: number): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    pbkdf2(passphrase.normalize("NFC"), salt, rounds, KEY_BYTES, "sha512", (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
