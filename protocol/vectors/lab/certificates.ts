// SPDX-License-Identifier: Apache-2.0
// Root and OTA certificates of the FAKE keys, the same bytes every time.
import { type CertificateBody, encodeCertificate } from "../../../host/src/protocol/certificate.ts";
import { writeExtensions } from "../../../host/src/protocol/certificate-extensions.ts";
import type { DistinguishedName } from "../../../host/src/protocol/distinguished-name.ts";
import { KeyUsage } from "../../../host/src/protocol/extensions/key-usage.ts";
import { oids } from "../../../host/src/protocol/generated.ts";
import { keyIdentifier } from "../../../host/src/protocol/public-key-info.ts";
import { addressOf, sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { fakeKey } from "./keys.ts";

/** Unix seconds, inclusive. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface Issuance extends Validity {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  /** Name of the fake key that the certificate is for. */
  readonly key: string;
  /** Name of the fake root that signs; the key itself for a root. */
  readonly issuer: string;
  /** Of a forger: the fake key that signs in the issuer's name. */
  readonly forger?: string;
}

/** Never: RFC 5280 §4.1.2.5. */
const NO_EXPIRY = 253_402_300_799;

const name = (commonName: string): DistinguishedName => [
  { type: "organizationName", value: "FAKE Maker" },
  { type: "commonName", value: `FAKE ${commonName}` },
];

export function rootCertificate(issuance: Omit<Issuance, "issuer">): Promise<Uint8Array> {
  const { publicKey } = fakeKey(issuance.key);
  const extensions = writeExtensions({
    basicConstraints: { ca: true, pathLength: 1 },
    keyUsage: KeyUsage.keyCertSign | KeyUsage.cRLSign,
    manufacturer: { chainId: issuance.chainId, manufacturerId: issuance.manufacturerId },
    subjectKeyIdentifier: keyIdentifier(publicKey),
    authorityKeyIdentifier: keyIdentifier(publicKey),
  });
  return certificate({ ...issuance, issuer: issuance.key }, extensions);
}

export function otaCertificate(issuance: Issuance): Promise<Uint8Array> {
  const extensions = writeExtensions({
    basicConstraints: { ca: false },
    keyUsage: KeyUsage.digitalSignature,
    extendedKeyUsage: [oids.touchmarkOtaPurpose.contents],
    manufacturer: { chainId: issuance.chainId, manufacturerId: issuance.manufacturerId },
    subjectKeyIdentifier: keyIdentifier(fakeKey(issuance.key).publicKey),
    authorityKeyIdentifier: keyIdentifier(fakeKey(issuance.issuer).publicKey),
  });
  return certificate(issuance, extensions);
}

/** A line may issue ten units. */
export function lineCertificate(issuance: Issuance): Promise<Uint8Array> {
  const extensions = writeExtensions({
    basicConstraints: { ca: true, pathLength: 0 },
    keyUsage: KeyUsage.keyCertSign,
    manufacturer: { chainId: issuance.chainId, manufacturerId: issuance.manufacturerId },
    units: 10,
    subjectKeyIdentifier: keyIdentifier(fakeKey(issuance.key).publicKey),
    authorityKeyIdentifier: keyIdentifier(fakeKey(issuance.issuer).publicKey),
  });
  return certificate(issuance, extensions);
}

export function deviceCertificate(
  issuance: Omit<Issuance, "notAfter"> & { readonly hardwareModel: string },
): Promise<Uint8Array> {
  const { chainId, manufacturerId, hardwareModel, key, issuer } = issuance;
  const { publicKey } = fakeKey(key);
  const extensions = writeExtensions({
    basicConstraints: { ca: false },
    keyUsage: KeyUsage.digitalSignature,
    manufacturer: { chainId, manufacturerId, hardwareModel },
    subjectAltName: { address: addressOf(publicKey), chainId },
    subjectKeyIdentifier: keyIdentifier(publicKey),
    authorityKeyIdentifier: keyIdentifier(fakeKey(issuer).publicKey),
  });
  const subject: DistinguishedName = [
    { type: "organizationName", value: "FAKE Maker" },
    { type: "serialNumber", value: "FAKE-000001" },
  ];
  return certificate({ ...issuance, notAfter: NO_EXPIRY }, extensions, subject);
}

function certificate(
  issuance: Issuance,
  extensions: CertificateBody["extensions"],
  subject = name(issuance.key),
): Promise<Uint8Array> {
  const { key, issuer, notBefore, notAfter } = issuance;
  const serialNumber = sha256(Buffer.from(`${key} under ${issuer}`, "utf8")).slice(0, 16);
  serialNumber[0] = 1 + ((serialNumber[0] ?? 0) & 0x3f);
  const body: CertificateBody = {
    serialNumber,
    issuer: name(issuer),
    notBefore,
    notAfter,
    subject,
    publicKey: fakeKey(key).publicKey,
    extensions,
  };
  return encodeCertificate(body, async (digest) => fakeKey(issuance.forger ?? issuer).sign(digest));
}
