// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { limits } from "../protocol/generated.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { encodeManifest, type LicenseBlock, type Manifest, manifestDigest } from "../protocol/suit-manifest.ts";

/** Whom a release is for, and how it ranks. */
export interface ReleaseDescription extends LicenseBlock {
  readonly vendorId: Uint8Array;
  readonly classId: Uint8Array;
  /** Not below the sequence of any release before it. */
  readonly sequence: number;
}

export interface BuiltRelease {
  /** Encoded. */
  readonly manifest: Uint8Array;
  /** What is announced. */
  readonly digest: Uint8Array;
}

/** @throws IMAGE_SIZE, MANIFEST_MALFORMED */
export function buildRelease(image: Uint8Array, description: ReleaseDescription): BuiltRelease {
  if (image.length === 0 || image.length > limits.imageBytes) {
    throw new TouchmarkError("IMAGE_SIZE", { data: { bytes: image.length, most: limits.imageBytes } });
  }
  const { vendorId, classId, sequence, ...license } = description;
  const value: Manifest = {
    sequence,
    vendorId,
    classId,
    imageDigest: sha256(image),
    imageSize: image.length,
    license,
  };
  const manifest = encodeManifest(value);
  return { manifest, digest: manifestDigest(manifest) };
}
