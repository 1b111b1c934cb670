// SPDX-License-Identifier: Apache-2.0
// PrivateKeyInfo (RFC 5958) around ECPrivateKey (RFC 5915) of a secp256k1 key: 135 bytes, all but the two keys fixed.
// Laid out by hand, because node-forge would leave copies of the secret in strings that cannot be wiped.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { compressPoint, expandPoint, isSecret, publicKeyOf } from "./secp256k1.ts";

// SEQUENCE { INTEGER 0, SEQUENCE { ecPublicKey, secp256k1 }, OCTET STRING { SEQUENCE { INTEGER 1, OCTET STRING (32)
const BEFORE_SECRET = Buffer.from("308184020100301006072a8648ce3d020106052b8104000a046d306b0201010420", "hex");
// [1] { BIT STRING (65)
const BEFORE_POINT = Buffer.from("a144034200", "hex");
const SECRET_AT = BEFORE_SECRET.length;
const POINT_AT = SECRET_AT + 32 + BEFORE_POINT.length;
const SIZE = POINT_AT + 65;

/** The caller wipes it. @param secret 32 bytes */
export function encodePrivateKeyInfo(secret: Uint8Array): Buffer {
  const info = Buffer.alloc(SIZE);
  info.set(BEFORE_SECRET);
  info.set(secret, SECRET_AT);
  info.set(BEFORE_POINT, SECRET_AT + 32);
  info.set(expandPoint(publicKeyOf(secret)), POINT_AT);
  return info;
}

/** The secret, 32 bytes; the caller wipes it. @throws KEY_LOCKED unless it is of the form above, its keys a pair */
export function decodePrivateKeyInfo(info: Uint8Array): Uint8Array {
  const secret = Uint8Array.from(info.subarray(SECRET_AT, SECRET_AT + 32));
  const fixed =
    info.length === SIZE &&
    equalBytes(info.subarray(0, SECRET_AT), BEFORE_SECRET) &&
    equalBytes(info.subarray(SECRET_AT + 32, POINT_AT), BEFORE_POINT);
  if (!fixed || !isSecret(secret) || !equalBytes(publicKeyOf(secret), compressPoint(info.subarray(POINT_AT)))) {
    secret.fill(0);
    throw new TouchmarkError("KEY_LOCKED", { data: { what: "not a secp256k1 key" } });
  }
  return secret;
}
