// SPDX-License-Identifier: Apache-2.0
// Who signed a release: manifest digest, OTA certificate under the root, COSE signature. protocol/bundle.md, check 2.
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import { TouchmarkError } from "../errors.ts";
import { type Bundle, decodeAuthentication } from "../protocol/bundle.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { coseDigest, decodeCoseSign1 } from "../protocol/cose-sign1.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import { requireOtaCertificate } from "./certificates.ts";
import { requireSigned } from "./signed.ts";

/** The signed parts of a bundle, encoded. */
export type SignedParts = Pick<Bundle, "authentication" | "manifest">;

export interface ReleaseSignature {
  readonly manifestDigest: Uint8Array;
  /** The OTA signer's. */
  readonly certificate: ProfiledCertificate;
}

/**
 * @param root DER of the pinned root.
 * @throws ENVELOPE_MALFORMED, MANIFEST_DIGEST_MISMATCH, COSE_*, DER_MALFORMED, CERT_*, SIGNATURE_HIGH_S
 */
export function authenticateRelease(release: SignedParts, root: Uint8Array): ReleaseSignature {
  const authentication = decodeAuthentication(release.authentication);
  if (!equalBytes(manifestDigest(release.manifest), authentication.manifestDigest)) {
    throw new TouchmarkError("MANIFEST_DIGEST_MISMATCH");
  }
  const cose = decodeCoseSign1(authentication.cose);
  const certificate = requireOtaCertificate(cose.certificate, root);
  const digest = coseDigest(cose.protectedHeader, authentication.suitDigest);
  requireSigned(digest, cose.signature, certificate.publicKey, "COSE_SIGNATURE");
  return { manifestDigest: authentication.manifestDigest, certificate };
}
