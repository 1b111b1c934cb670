// SPDX-License-Identifier: Apache-2.0
// Every certificate of ours is made here, from its column of protocol/certificates.md, and checked before it leaves.
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { type CertificateBody, decodeCertificate, encodeCertificate } from "../protocol/certificate.ts";
import { type CertificateExtensions, writeExtensions } from "../protocol/certificate-extensions.ts";
import type { DistinguishedName } from "../protocol/distinguished-name.ts";
import { KeyUsage } from "../protocol/extensions/key-usage.ts";
import type { Manufacturer } from "../protocol/extensions/manufacturer.ts";
import { oids } from "../protocol/generated.ts";
import { keyIdentifier } from "../protocol/public-key-info.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import { checkProfile, type ProfiledCertificate } from "./check-profile.ts";
import type { Profile } from "./profiles.ts";
import { newSerialNumber } from "./serial-number.ts";
import { checkIssued } from "./verify-chain.ts";

/** A CA certificate and the key that it names. */
export interface Issuer {
  readonly certificate: ProfiledCertificate;
  readonly signer: Signer;
}

export interface Subject {
  readonly name: DistinguishedName;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly manufacturer: Manufacturer;
  /** Unix seconds. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
  /** Of a line. */
  readonly units?: number;
  /** Of a root, 0x and 40 hexadecimal digits. */
  readonly registry?: string;
}

/** @throws CERT_PROFILE (lifetime, fields), KEY_REFUSED (another key than the issuer's certificate names), CERT_* */
export async function issue(profile: Profile, subject: Subject, issuer: Issuer): Promise<ProfiledCertificate> {
  if (!equalBytes(issuer.signer.publicKey, issuer.certificate.publicKey))
    throw new TouchmarkError("KEY_REFUSED", { data: { what: "the key is not the issuer's" } });
  const { subject: name, subjectKeyIdentifier } = issuer.certificate;
  const issued = await sign(profile, subject, name, subjectKeyIdentifier, issuer.signer);
  checkIssued(issued, issuer.certificate);
  return issued;
}

/** The root signs itself, so its issuer is its own name. @throws CERT_PROFILE, KEY_REFUSED */
export async function issueSelf(profile: Profile, subject: Subject, signer: Signer): Promise<ProfiledCertificate> {
  if (!equalBytes(signer.publicKey, subject.publicKey))
    throw new TouchmarkError("KEY_REFUSED", { data: { what: "the key is not the subject's" } });
  const issued = await sign(profile, subject, subject.name, keyIdentifier(signer.publicKey), signer);
  checkIssued(issued, issued);
  return issued;
}

async function sign(
  profile: Profile,
  subject: Subject,
  issuer: DistinguishedName,
  authorityKeyIdentifier: Uint8Array,
  signer: Signer,
): Promise<ProfiledCertificate> {
  checkLifetime(profile, subject);
  const body: CertificateBody = {
    serialNumber: newSerialNumber(),
    issuer,
    notBefore: subject.notBefore,
    notAfter: subject.notAfter,
    subject: subject.name,
    publicKey: subject.publicKey,
    extensions: writeExtensions(extensionsOf(profile, subject, authorityKeyIdentifier)),
  };
  return checkProfile(profile, decodeCertificate(await encodeCertificate(body, (digest) => signer.sign(digest))));
}

function extensionsOf(profile: Profile, subject: Subject, authorityKeyIdentifier: Uint8Array): CertificateExtensions {
  const { publicKey, manufacturer, units, registry } = subject;
  const { ca, pathLength } = profile.basicConstraints;
  const purposes = profile.extendedKeyUsage.purposes.map((name) => oids[name].contents);
  const address = { address: addressOf(publicKey), chainId: manufacturer.chainId };
  return {
    basicConstraints: pathLength === undefined ? { ca } : { ca, pathLength },
    keyUsage: profile.keyUsage.bits.reduce((mask, name) => mask | KeyUsage[name], 0),
    ...(purposes.length > 0 && { extendedKeyUsage: purposes }),
    manufacturer,
    ...(units !== undefined && { units }),
    ...(registry !== undefined && { registry }),
    ...(profile.subjectAltName.present && { subjectAltName: address }),
    subjectKeyIdentifier: keyIdentifier(publicKey),
    authorityKeyIdentifier,
  };
}

function checkLifetime({ role, lifetime, units }: Profile, subject: Subject): void {
  const { maximumSeconds, notAfter } = lifetime;
  const span = subject.notAfter - subject.notBefore;
  const tooLong = maximumSeconds !== undefined && span > maximumSeconds;
  if (tooLong || (notAfter !== undefined && subject.notAfter !== notAfter))
    throw new TouchmarkError("CERT_PROFILE", { data: { role, what: "lifetime", clause: lifetime.clause } });
  if (units.present !== (subject.units !== undefined))
    throw new TouchmarkError("CERT_PROFILE", { data: { role, what: "units", clause: units.clause } });
}
