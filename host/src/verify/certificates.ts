// SPDX-License-Identifier: Apache-2.0
// Certificates as the device judges them: an OTA path is exactly a leaf and the pinned root.
import { checkLink, checkProfile, type ProfiledCertificate } from "../authority/check-profile.ts";
import { profiles } from "../authority/profiles.ts";
import { checkIssued, requireInForce } from "../authority/verify-chain.ts";
import { TouchmarkError } from "../errors.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";

/** @throws DER_MALFORMED, PUBLIC_KEY_INVALID, CERT_*, SIGNATURE_* unless the root issued it for OTA releases */
export function requireOtaCertificate(der: Uint8Array, rootDer: Uint8Array): ProfiledCertificate {
  const leaf = checkProfile(profiles.ota, decodeCertificate(der));
  checkIssued(leaf, checkProfile(profiles.root, decodeCertificate(rootDer)));
  return leaf;
}

/** @throws DER_MALFORMED, PUBLIC_KEY_INVALID, CERT_*, SIGNATURE_* unless it is a root of this manufacturer and chain */
export function requireRootCertificate(
  der: Uint8Array,
  { chainId, manufacturerId }: Pick<TrustBlock, "chainId" | "manufacturerId">,
): void {
  const root = checkProfile(profiles.root, decodeCertificate(der));
  checkLink(root, root);
  if (root.manufacturer.chainId !== chainId || root.manufacturer.manufacturerId !== manufacturerId) {
    throw new TouchmarkError("CERT_MANUFACTURER");
  }
  checkIssued(root, root);
}

/** Compressed, of a root certificate that was checked before. */
export function rootKey(der: Uint8Array): Uint8Array {
  return decodeCertificate(der).publicKey;
}

/** @param time unix seconds. @throws CERT_NOT_IN_FORCE outside the leaf's or the root's validity */
export function requireSignerInTime(leaf: ProfiledCertificate, rootDer: Uint8Array, time: bigint): void {
  requireInForce(leaf, Number(time));
  requireInForce(decodeCertificate(rootDer), Number(time));
}
