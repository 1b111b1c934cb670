// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import type { Certificate } from "../protocol/certificate.ts";
import { type CertificateExtensions, parseExtensions } from "../protocol/certificate-extensions.ts";
import { encodeDistinguishedName } from "../protocol/distinguished-name.ts";
import { KeyUsage } from "../protocol/extensions/key-usage.ts";
import type { Manufacturer } from "../protocol/extensions/manufacturer.ts";
import { type ErrorName, oids } from "../protocol/generated.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import type { Profile } from "./profiles.ts";

/** What a certificate of a role says, once it fits its column. */
export interface ProfiledCertificate extends Certificate {
  readonly manufacturer: Manufacturer;
  readonly subjectKeyIdentifier: Uint8Array;
  /** Absent from a root that leaves it out. */
  readonly authorityKeyIdentifier?: Uint8Array;
  /** Of a line: device certificates it may issue. */
  readonly units?: number;
  /** Of a root: the registry that its units sign claims and pairings for, 0x and 40 lower hexadecimal digits. */
  readonly registry?: string;
}

/**
 * Does the certificate, by itself, fit the column? Lifetimes are the CA's limits and not judged here.
 * @throws CERT_PROFILE, CERT_USAGE, CERT_PATH_LENGTH, CERT_CRITICAL_EXTENSION, DER_MALFORMED
 */
export function checkProfile(profile: Profile, certificate: Certificate): ProfiledCertificate {
  const values = parseExtensions(certificate.extensions);
  checkSubject(profile, certificate);
  checkBasicConstraints(profile, values);
  checkUsage(profile, values);
  const manufacturer = checkManufacturer(profile, values);
  checkAddress(profile, certificate, values, manufacturer);
  if (values.units !== undefined && !profile.units.present) throw refused(profile, "CERT_PROFILE", "units");
  if (values.registry !== undefined && !profile.registry.allowed) throw refused(profile, "CERT_PROFILE", "registry");
  const { subjectKeyIdentifier, authorityKeyIdentifier, units, registry } = values;
  if (!subjectKeyIdentifier) throw refused(profile, "CERT_PROFILE", "subjectKeyIdentifier");
  if (!authorityKeyIdentifier && profile.authorityKeyIdentifier.required)
    throw refused(profile, "CERT_PROFILE", "authorityKeyIdentifier");
  return {
    ...certificate,
    manufacturer,
    subjectKeyIdentifier,
    ...(authorityKeyIdentifier && { authorityKeyIdentifier }),
    ...(units !== undefined && { units }),
    ...(registry !== undefined && { registry }),
  };
}

/** Name, key identifiers and manufacturer agree. @throws CERT_ISSUER, CERT_MANUFACTURER */
export function checkLink(child: ProfiledCertificate, parent: ProfiledCertificate): void {
  const named = equalBytes(encodeDistinguishedName(child.issuer), encodeDistinguishedName(parent.subject));
  const id = child.authorityKeyIdentifier ?? parent.subjectKeyIdentifier;
  if (!named || !equalBytes(id, parent.subjectKeyIdentifier)) throw new TouchmarkError("CERT_ISSUER");
  if (
    child.manufacturer.chainId !== parent.manufacturer.chainId ||
    child.manufacturer.manufacturerId !== parent.manufacturer.manufacturerId
  )
    throw new TouchmarkError("CERT_MANUFACTURER");
}

function checkSubject(profile: Profile, { subject, issuer }: Certificate): void {
  const expected = profile.subject.attributes;
  const fits = subject.length === expected.length && subject.every(({ type }, index) => type === expected[index]);
  const [organization, commonName, ...more] = issuer;
  const issuerFits =
    organization?.type === "organizationName" && commonName?.type === "commonName" && more.length === 0;
  if (!fits || !issuerFits) throw refused(profile, "CERT_PROFILE", "name");
}

// A leaf may leave the extension out; an issuer may not (RFC 5280 §4.2.1.9).
function checkBasicConstraints(profile: Profile, { basicConstraints = { ca: false } }: CertificateExtensions): void {
  const { ca, pathLength } = profile.basicConstraints;
  if (basicConstraints.ca !== ca) throw refused(profile, "CERT_USAGE", "cA");
  if (basicConstraints.pathLength !== pathLength) throw refused(profile, "CERT_PATH_LENGTH", "pathLenConstraint");
}

function checkUsage(profile: Profile, { keyUsage, extendedKeyUsage = [] }: CertificateExtensions): void {
  if (keyUsage === undefined) throw refused(profile, "CERT_PROFILE", "keyUsage");
  const bits = profile.keyUsage.bits.reduce((mask, name) => mask | KeyUsage[name], 0);
  if (keyUsage !== bits) throw refused(profile, "CERT_USAGE", "keyUsage");
  const purposes = profile.extendedKeyUsage.purposes.map((name) => oids[name].contents);
  const same = purposes.length === extendedKeyUsage.length && purposes.every((id, at) => extendedKeyUsage[at] === id);
  if (!same) throw refused(profile, "CERT_USAGE", "extendedKeyUsage");
}

function checkManufacturer(profile: Profile, { manufacturer }: CertificateExtensions): Manufacturer {
  if (!manufacturer) throw refused(profile, "CERT_PROFILE", "touchmarkManufacturer");
  if ((manufacturer.hardwareModel !== undefined) !== profile.hardwareModel.present)
    throw refused(profile, "CERT_PROFILE", "hardwareModel");
  return manufacturer;
}

function checkAddress(
  profile: Profile,
  { publicKey }: Certificate,
  { subjectAltName }: CertificateExtensions,
  { chainId }: Manufacturer,
): void {
  if ((subjectAltName !== undefined) !== profile.subjectAltName.present)
    throw refused(profile, "CERT_PROFILE", "subjectAltName");
  if (subjectAltName && (subjectAltName.address !== addressOf(publicKey) || subjectAltName.chainId !== chainId))
    throw refused(profile, "CERT_PROFILE", "address");
}

function refused({ role }: Profile, code: ErrorName, what: string): TouchmarkError {
  return new TouchmarkError(code, { data: { role, what } });
}
