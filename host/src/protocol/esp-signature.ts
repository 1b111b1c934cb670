// SPDX-License-Identifier: Apache-2.0
// What the ESP32-C3's mask ROM asks of an image once its secure boot is fused: a sector behind it, with an RSA-3072 PSS
// signature over the image, filled to whole sectors. All integers little-endian, those of RSA too. Layout: ESP-IDF's
// documentation, "Secure Boot V2", "Signature Block Format".
import { constants, createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { crc32 } from "node:zlib";
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";

export const SIGNATURE_SECTOR = 4096;

const ERASED = 0xff;
const BLOCK_BYTES = 1216;
const MAGIC = 0xe7;
const VERSION = 2;
const MODULUS_BITS = 3072;
const MODULUS_BYTES = MODULUS_BITS / 8;
const AT = { digest: 4, modulus: 36, exponent: 420, montgomery: 424, inverse: 808, signature: 812, crc: 1196 } as const;
const WORD = 1n << 32n;
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

/** Filled with erased bytes to whole sectors. */
export function wholeSectors(image: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(image.length / SIGNATURE_SECTOR) * SIGNATURE_SECTOR).fill(ERASED);
  whole.set(image);
  return whole;
}

/** Key as PEM, PKCS#8, encrypted or not. @throws USAGE for another kind of key, or a wrong passphrase */
export function readSecureBootKey(pem: string, passphrase?: string): KeyObject {
  try {
    const key = createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
    modulusOf(key);
    return key;
  } catch (cause) {
    throw new TouchmarkError("USAGE", {
      data: { expected: `an RSA key of ${MODULUS_BITS} bits, its exponent of 32 at most, as PEM` },
      cause,
    });
  }
}

/** @param image as the mask ROM loads it @returns image, filling and signature sector */
export function signEspImage(image: Uint8Array, key: KeyObject): Uint8Array {
  const whole = wholeSectors(image);
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set([MAGIC, VERSION]);
  block.set(createHash("sha256").update(whole).digest(), AT.digest);
  block.set(keyFields(modulusOf(key), exponentOf(key)), AT.modulus);
  block.set(sign("sha256", whole, { key, ...PSS }).toReversed(), AT.signature);
  block.writeUInt32LE(crc32(block.subarray(0, AT.crc)), AT.crc);
  const signed = new Uint8Array(whole.length + SIGNATURE_SECTOR).fill(ERASED);
  signed.set(whole);
  signed.set(block, whole.length);
  return signed;
}

/**
 * @param whole an image, filled to whole sectors @param sector what stands behind it
 * @returns what is burned of the key that signed it: the SHA-256 of its fields
 * @throws ESP_IMAGE_SIGNATURE
 */
export function verifyEspSignature(whole: Uint8Array, sector: Uint8Array): Uint8Array {
  const block = Buffer.from(sector.subarray(0, BLOCK_BYTES));
  if (block.length < BLOCK_BYTES || block[0] !== MAGIC || block[1] !== VERSION || block.readUInt16LE(2) !== 0)
    throw unsigned("header");
  if (sector.subarray(BLOCK_BYTES).some((byte) => byte !== ERASED)) throw unsigned("bytes behind the block");
  if (block.subarray(AT.crc + 4).some((byte) => byte !== 0)) throw unsigned("padding");
  if (block.readUInt32LE(AT.crc) !== crc32(block.subarray(0, AT.crc))) throw unsigned("checksum");
  const digest = createHash("sha256").update(whole).digest();
  if (!equalBytes(digest, block.subarray(AT.digest, AT.digest + digest.length))) throw unsigned("digest");
  const modulus = integer(block.subarray(AT.modulus, AT.exponent));
  const exponent = block.readUInt32LE(AT.exponent);
  const fields = block.subarray(AT.modulus, AT.signature);
  const isOfSize = modulus >> BigInt(MODULUS_BITS - 1) === 1n && modulus % 2n === 1n;
  if (!isOfSize || !equalBytes(keyFields(modulus, exponent), fields)) throw unsigned("key");
  const key = publicKey(modulus, exponent);
  const signature = block.subarray(AT.signature, AT.crc).toReversed();
  if (!verify("sha256", whole, { key, ...PSS }, signature)) throw unsigned("signature");
  return createHash("sha256").update(fields).digest();
}

/** Modulus, exponent, and what the mask ROM does not want to compute: R² mod n, and -1/n mod 2^32. */
function keyFields(modulus: bigint, exponent: number): Buffer {
  const fields = Buffer.alloc(AT.signature - AT.modulus);
  const at = (offset: number): number => offset - AT.modulus;
  fields.set(bytes(modulus));
  fields.writeUInt32LE(exponent, at(AT.exponent));
  fields.set(bytes((1n << BigInt(2 * MODULUS_BITS)) % modulus), at(AT.montgomery));
  // Newton's iteration doubles the bits that are right, of which the first guess has three.
  let inverse = modulus % WORD;
  for (let round = 0; round < 4; round++) inverse = BigInt.asUintN(32, inverse * (2n - modulus * inverse));
  fields.writeUInt32LE(Number(BigInt.asUintN(32, -inverse)), at(AT.inverse));
  return fields;
}

function modulusOf(key: KeyObject): bigint {
  const { n = "" } = createPublicKey(key.export({ type: "pkcs8", format: "pem" })).export({ format: "jwk" });
  const modulus = Buffer.from(n, "base64url");
  const { modulusLength, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== "rsa" || modulusLength !== MODULUS_BITS || publicExponent >= WORD)
    throw new RangeError("key");
  return integer(modulus.toReversed());
}

function exponentOf(key: KeyObject): number {
  return Number(key.asymmetricKeyDetails?.publicExponent ?? 0n);
}

function publicKey(modulus: bigint, exponent: number): KeyObject {
  const e = Buffer.alloc(4);
  e.writeUInt32BE(exponent);
  const n = Buffer.from(bytes(modulus).toReversed()).toString("base64url");
  return createPublicKey({ key: { kty: "RSA", n, e: e.toString("base64url") }, format: "jwk" });
}

/** Little-endian. */
const integer = (of: Uint8Array): bigint => BigInt(`0x${Buffer.from(of.toReversed()).toString("hex")}`);
const bytes = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(2 * MODULUS_BYTES, "0"), "hex").toReversed();

const unsigned = (what: string): TouchmarkError => new TouchmarkError("ESP_IMAGE_SIGNATURE", { data: { what } });
