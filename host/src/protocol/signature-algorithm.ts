// SPDX-License-Identifier: Apache-2.0
// AlgorithmIdentifier ecdsa-with-SHA256, parameters absent (RFC 5758 §3.2), and what is signed under it.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { type DerReader, Tag } from "./der.ts";
import { type Asn1, bitBytes, encodeDer, oid, sequence } from "./der-writer.ts";
import { decodeEcdsaSignature, encodeEcdsaSignature } from "./ecdsa-signature.ts";
import { oids } from "./generated.ts";

export const signatureAlgorithm = (): Asn1 => sequence(oid(oids.ecdsaWithSha256.contents));
const ALGORITHM = encodeDer(signatureAlgorithm());

/** @throws CERT_ALGORITHM unless it is byte for byte ecdsa-with-SHA256 */
export function readSignatureAlgorithm(reader: DerReader): void {
  if (!equalBytes(reader.element(Tag.sequence), ALGORITHM))
    throw new TouchmarkError("CERT_ALGORITHM", { data: { what: "signature" } });
}

/** The outer form of certificates, requests and lists alike: SEQUENCE { body, algorithm, signature }. */
export function encodeSigned(body: Asn1, signature: Uint8Array): Uint8Array {
  return encodeDer(sequence(body, signatureAlgorithm(), bitBytes(encodeEcdsaSignature(signature))));
}

/** What was signed, and r ‖ s. @throws DER_MALFORMED, CERT_ALGORITHM, SIGNATURE_RANGE */
export function readSigned(reader: DerReader): { body: Uint8Array; signature: Uint8Array } {
  const { body, bits } = reader.only(Tag.sequence, (inner) => {
    const signed = inner.element(Tag.sequence);
    readSignatureAlgorithm(inner);
    return { body: signed, bits: inner.bitBytes() };
  });
  return { body, signature: decodeEcdsaSignature(bits) };
}
