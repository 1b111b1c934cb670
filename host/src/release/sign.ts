// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import { encodeAuthentication } from "../protocol/bundle.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { coseDigest, coseProtectedHeader, encodeCoseSign1 } from "../protocol/cose-sign1.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import type { SignedRelease } from "../protocol/signed-release.ts";
import { decodeManifest, encodeSuitDigest, manifestDigest } from "../protocol/suit-manifest.ts";
import { authenticateRelease } from "../verify/release-signature.ts";

export interface OtaIdentity {
  readonly signer: Signer;
  /** DER of the OTA certificate that holds the signer's key. */
  readonly certificate: Uint8Array;
  /** DER of the root that issued it. */
  readonly root: Uint8Array;
}

/**
 * Signs what a unit of this root accepts, or nothing.
 *
 * @param manifest encoded
 * @throws IMAGE_SIZE, IMAGE_DIGEST_MISMATCH; COSE_SIGNATURE where the certificate is another key's; CERT_*, DER_MALFORMED
 */
export async function signRelease(
  image: Uint8Array,
  manifest: Uint8Array,
  { signer, certificate, root }: OtaIdentity,
): Promise<SignedRelease> {
  const { imageSize, imageDigest } = decodeManifest(manifest);
  if (image.length !== imageSize) throw new TouchmarkError("IMAGE_SIZE");
  if (!equalBytes(sha256(image), imageDigest)) throw new TouchmarkError("IMAGE_DIGEST_MISMATCH");
  const digest = manifestDigest(manifest);
  const protectedHeader = coseProtectedHeader(certificate);
  const signature = await signer.sign(coseDigest(protectedHeader, encodeSuitDigest(digest)));
  const cose = encodeCoseSign1({ protectedHeader, certificate, signature });
  const release = { authentication: encodeAuthentication(digest, cose), manifest, image };
  authenticateRelease(release, root);
  return release;
}
