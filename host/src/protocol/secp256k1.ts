// SPDX-License-Identifier: Apache-2.0
// ECDSA over secp256k1 as the device does it: signatures are r ‖ s, 64 bytes, low-S; public keys are compressed.
import { createHash, createHmac } from "node:crypto";
import { keccak_256 } from "@noble/hashes/sha3.js";
import * as noble from "@noble/secp256k1";
import { TouchmarkError } from "../errors.ts";
import { toHex } from "./bytes.ts";

noble.hashes.sha256 = (message) => Uint8Array.from(createHash("sha256").update(message).digest());
noble.hashes.hmacSha256 = (key, message) => Uint8Array.from(createHmac("sha256", key).update(message).digest());

const ORDER = noble.Point.CURVE().n;

export function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash("sha256").update(bytes).digest());
}

/** RFC 6979 nonce, so that no random source can bias it. @param digest 32 bytes @param secret 32 bytes */
export function signDigest(digest: Uint8Array, secret: Uint8Array): Uint8Array {
  return noble.sign(digest, secret, { prehash: false, lowS: true });
}

/**
 * @param digest 32 bytes @param signature 64 bytes @param publicKey 33 bytes
 * @throws SIGNATURE_RANGE, PUBLIC_KEY_INVALID; SIGNATURE_HIGH_S unless `highS` allows it.
 */
export function verifyDigest(
  digest: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
  { highS = false }: { highS?: boolean } = {},
): boolean {
  const { s } = scalars(signature);
  if (!highS && s > ORDER / 2n) throw new TouchmarkError("SIGNATURE_HIGH_S");
  expandPoint(publicKey);
  return noble.verify(signature, digest, publicKey, { prehash: false, lowS: false });
}

/** s or n − s, whichever is lower: other signers' signatures, tokens' among them, come either way. */
export function normalizeLowS(signature: Uint8Array): Uint8Array {
  const { r, s } = scalars(signature);
  return new noble.Signature(r, s > ORDER / 2n ? ORDER - s : s).toBytes();
}

export function isSecret(secret: Uint8Array): boolean {
  return secret.length === 32 && noble.utils.isValidSecretKey(secret);
}

/** Compressed. @param secret 32 bytes, 1 ≤ secret < n */
export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return noble.getPublicKey(secret, true);
}

/** 33 bytes from an uncompressed point of 65. @throws PUBLIC_KEY_INVALID */
export function compressPoint(point: Uint8Array): Uint8Array {
  if (point.length !== 65) throw new TouchmarkError("PUBLIC_KEY_INVALID");
  return parsePoint(point).toBytes(true);
}

/** 65 bytes from 33. @throws PUBLIC_KEY_INVALID */
export function expandPoint(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== 33) throw new TouchmarkError("PUBLIC_KEY_INVALID");
  return parsePoint(publicKey).toBytes(false);
}

/** Ethereum address in lower case, 0x first. @throws PUBLIC_KEY_INVALID */
export function addressOf(publicKey: Uint8Array): string {
  return `0x${toHex(keccak_256(expandPoint(publicKey).subarray(1)).subarray(12))}`;
}

function parsePoint(bytes: Uint8Array): noble.Point {
  try {
    return noble.Point.fromBytes(bytes);
  } catch (cause) {
    throw new TouchmarkError("PUBLIC_KEY_INVALID", { cause });
  }
}

function scalars(signature: Uint8Array): { r: bigint; s: bigint } {
  const r = scalar(signature.subarray(0, 32));
  const s = scalar(signature.subarray(32));
  if (signature.length !== 64 || r === 0n || s === 0n || r >= ORDER || s >= ORDER)
    throw new TouchmarkError("SIGNATURE_RANGE");
  return { r, s };
}

function scalar(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes) || "0"}`);
}
