// SPDX-License-Identifier: Apache-2.0
// SubjectPublicKeyInfo of a secp256k1 key (RFC 5480): named curve, uncompressed point.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { type DerReader, Tag } from "./der.ts";
import { type Asn1, bitBytes, encodeDer, oid, sequence } from "./der-writer.ts";
import { oids } from "./generated.ts";
import { compressPoint, expandPoint, sha256 } from "./secp256k1.ts";

const algorithm = (): Asn1 => sequence(oid(oids.ecPublicKey.contents), oid(oids.secp256k1.contents));
const ALGORITHM = encodeDer(algorithm());

/** @param publicKey compressed, 33 bytes */
export function publicKeyInfo(publicKey: Uint8Array): Asn1 {
  return sequence(algorithm(), bitBytes(expandPoint(publicKey)));
}

/** Compressed. @throws CERT_ALGORITHM (any other curve, explicit parameters), PUBLIC_KEY_INVALID, DER_MALFORMED */
export function readPublicKeyInfo(reader: DerReader): Uint8Array {
  const point = reader.within(Tag.sequence, (inner) => {
    if (!equalBytes(inner.element(Tag.sequence), ALGORITHM))
      throw new TouchmarkError("CERT_ALGORITHM", { data: { what: "key" } });
    return inner.bitBytes();
  });
  return compressPoint(point);
}

/** Leftmost 20 bytes of SHA-256 over the point (RFC 7093 §2, method 1). @param publicKey compressed, 33 bytes */
export function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return sha256(expandPoint(publicKey)).subarray(0, 20);
}
