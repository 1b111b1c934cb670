// SPDX-License-Identifier: Apache-2.0
// X.509 v3 certificate (RFC 5280 §4.1) in the one form of protocol/certificates.md. What decodes encodes to the same
// bytes again, unknown extensions and their order included.
import { TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "./bytes.ts";
import { contextConstructedTag, type DerReader, malformed, readDer, Tag } from "./der.ts";
import { type Asn1, context, encodeDer, integer, integerContents, sequence, time } from "./der-writer.ts";
import { type DistinguishedName, distinguishedName, readDistinguishedName } from "./distinguished-name.ts";
import { type Extension, extensions, readExtensions } from "./extensions/extension.ts";
import { limits } from "./generated.ts";
import { publicKeyInfo, readPublicKeyInfo } from "./public-key-info.ts";
import { sha256 } from "./secp256k1.ts";
import { encodeSigned, readSignatureAlgorithm, readSigned, signatureAlgorithm } from "./signature-algorithm.ts";

export interface CertificateBody {
  /** INTEGER contents: 8..20 bytes, positive. */
  readonly serialNumber: Uint8Array;
  readonly issuer: DistinguishedName;
  /** Unix seconds. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
  readonly subject: DistinguishedName;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Extension[];
}

export interface Certificate extends CertificateBody {
  readonly der: Uint8Array;
  /** SHA-256 over the TBSCertificate: what the issuer signed. */
  readonly bodyDigest: Uint8Array;
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array;
}

const VERSION_3 = 2;
const SERIAL_BYTES_MIN = 8;
const SERIAL_BYTES_MAX = 20; // RFC 5280 §4.1.2.2

/** @param sign gives r ‖ s, low-S, over the TBSCertificate's SHA-256 */
export async function encodeCertificate(
  body: CertificateBody,
  sign: (digest: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const tbs = tbsCertificate(body);
  return encodeSigned(tbs, await sign(sha256(encodeDer(tbs))));
}

/** @throws DER_MALFORMED, CERT_PROFILE, CERT_ALGORITHM, CERT_SERIAL, PUBLIC_KEY_INVALID, SIGNATURE_RANGE */
export function decodeCertificate(der: Uint8Array): Certificate {
  if (der.length > limits.certificateBytes)
    throw new TouchmarkError("CERT_PROFILE", { data: { what: "length", bytes: der.length } });
  const { body, signature } = readDer(der, readSigned);
  const fields = readDer(body, readTbsCertificate);
  if (!equalBytes(encodeDer(tbsCertificate(fields)), body)) throw malformed("certificate re-encodes otherwise");
  return { ...fields, der, bodyDigest: sha256(body), signature };
}

function tbsCertificate(body: CertificateBody): Asn1 {
  return sequence(
    context(0, integer(VERSION_3)),
    integerContents(body.serialNumber),
    signatureAlgorithm(),
    distinguishedName(body.issuer),
    sequence(time(body.notBefore), time(body.notAfter)),
    distinguishedName(body.subject),
    publicKeyInfo(body.publicKey),
    context(3, extensions(body.extensions)),
  );
}

function readTbsCertificate(reader: DerReader): CertificateBody {
  return reader.within(Tag.sequence, (inner) => {
    readVersion(inner);
    const serialNumber = readSerialNumber(inner);
    readSignatureAlgorithm(inner);
    const issuer = readDistinguishedName(inner, 2);
    const { notBefore, notAfter } = readValidity(inner);
    const subject = readDistinguishedName(inner, 2);
    const publicKey = readPublicKeyInfo(inner);
    if (inner.tag !== contextConstructedTag(3)) throw outside("unique identifier or no extensions");
    const list = inner.within(contextConstructedTag(3), readExtensions);
    return { serialNumber, issuer, notBefore, notAfter, subject, publicKey, extensions: list };
  });
}

function readVersion(reader: DerReader): void {
  const explicit = contextConstructedTag(0);
  if (reader.tag !== explicit || reader.within(explicit, (inner) => inner.uint64()) !== BigInt(VERSION_3))
    throw outside("version");
}

function readSerialNumber(reader: DerReader): Uint8Array {
  const serial = reader.integer();
  if ((serial[0] ?? 0) >= 0x80 || serial.length < SERIAL_BYTES_MIN || serial.length > SERIAL_BYTES_MAX)
    throw new TouchmarkError("CERT_SERIAL", { data: { serialNumber: toHex(serial) } });
  return serial;
}

function readValidity(reader: DerReader): { notBefore: number; notAfter: number } {
  const validity = reader.within(Tag.sequence, (inner) => ({ notBefore: inner.time(), notAfter: inner.time() }));
  if (validity.notBefore > validity.notAfter) throw outside("validity");
  return validity;
}

function outside(what: string): TouchmarkError {
  return new TouchmarkError("CERT_PROFILE", { data: { what } });
}
