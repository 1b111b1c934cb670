// SPDX-License-Identifier: Apache-2.0
// May this bundle be installed? The twin of firmware/core/gate.c: protocol/bundle.md's checks in its order.
import { TouchmarkError } from "../errors.ts";
import { decodeBundle, type Payload } from "../protocol/bundle.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { applyDelta, headerIsStaged } from "../protocol/delta.ts";
import { type ErrorName, limits } from "../protocol/generated.ts";
import type { UnitState } from "../protocol/messages/unit-state.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { decodeManifest, type Manifest } from "../protocol/suit-manifest.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { type Anchor, requireComplete, requireRootHash } from "./anchor.ts";
import { requireSignerInTime } from "./certificates.ts";
import { type ChainFacts, proveChain } from "./chain-proof.ts";
import {
  requireAnnounced,
  requireInForce,
  requireInstallable,
  requireLicense,
  requirePermitted,
} from "./judgements.ts";
import { authenticateRelease, type ReleaseSignature } from "./release-signature.ts";
import { judge, type Verdict } from "./verdict.ts";

/** What of a unit's exported state decides. */
export type InstallState = Pick<UnitState, "trust" | "rollback" | "sequence">;

export interface BundleOptions {
  /** DER of the root certificate that the unit is pinned to. */
  readonly root: Uint8Array;
  /** The unit's outstanding challenge, 32 bytes. */
  readonly challenge?: Uint8Array;
  /** The image that the unit runs: a delta's base. Without it every delta is against another. */
  readonly base?: Uint8Array;
}

/** The unit's verdict on a bundle, the image's hash included. Throws only for faults of its own. */
export function verifyBundle(state: InstallState, bundle: Uint8Array, options: BundleOptions): Verdict {
  const start: Anchor = { trust: state.trust, root: options.root };
  return judge(start, (moved) => {
    requireComplete(start);
    const parts = decodeBundle(bundle);
    requireRootHash(start);
    const signature = authenticateRelease(parts, options.root);
    const manifest = decodeManifest(parts.manifest);
    if (manifest.imageSize > limits.imageBytes) throw new TouchmarkError("IMAGE_SIZE");
    checkIdentity(manifest, state.trust);
    const { challenge } = options;
    const facts = proveChain(
      parts.chain,
      {
        step: "bundle",
        releaseDigest: signature.manifestDigest,
        pinned: manifest.license,
        ...(challenge === undefined ? {} : { challenge }),
      },
      start,
    );
    moved(facts.anchor);
    judgeLicense(facts, signature, manifest, options.root, state.rollback);
    checkRollback(manifest, state);
    checkImage(parts.payload, bundle.length, manifest, options.base);
  });
}

function checkIdentity({ vendorId, classId, license }: Manifest, trust: TrustBlock): void {
  if (!equalBytes(vendorId, trust.vendorId)) throw new TouchmarkError("VENDOR_MISMATCH");
  if (!equalBytes(classId, trust.classId)) throw new TouchmarkError("CLASS_MISMATCH");
  if (license.chainId !== trust.chainId) throw new TouchmarkError("CHAIN_ID_MISMATCH");
  if (license.manufacturerId !== trust.manufacturerId) throw new TouchmarkError("MANUFACTURER_MISMATCH");
}

function judgeLicense(
  { block, words }: ChainFacts,
  { certificate }: ReleaseSignature,
  { license: { securityVersion } }: Manifest,
  root: Uint8Array,
  rollback: number,
): void {
  const license = requireLicense(words.license);
  requireInForce(license, block.timestamp);
  requireSignerInTime(certificate, root, block.timestamp);
  requirePermitted(license, certificate.publicKey, securityVersion);
  requireInstallable(license, securityVersion, rollback);
  requireAnnounced(words.release, securityVersion, block.number);
}

function checkRollback({ sequence, license: { securityVersion } }: Manifest, state: InstallState): void {
  const refuse = (code: ErrorName, release: number | bigint, unit: number | bigint): never => {
    throw new TouchmarkError(code, { data: { release, unit } });
  };
  if (sequence < state.sequence) refuse("SEQUENCE_ROLLBACK", sequence, state.sequence);
  if (securityVersion < state.rollback) refuse("SECURITY_VERSION_ROLLBACK", securityVersion, state.rollback);
}

function checkImage(
  payload: Payload,
  bundleBytes: number,
  manifest: Manifest,
  base: Uint8Array = new Uint8Array(),
): void {
  const image = payload.kind === "delta" ? imageOf(payload.bytes, bundleBytes, manifest, base) : payload.bytes;
  if (image.length !== manifest.imageSize) throw new TouchmarkError("IMAGE_SIZE");
  if (!equalBytes(sha256(image), manifest.imageDigest)) throw new TouchmarkError("IMAGE_DIGEST_MISMATCH");
}

function imageOf(delta: Uint8Array, bundleBytes: number, { imageSize }: Manifest, base: Uint8Array): Uint8Array {
  if (!headerIsStaged(bundleBytes - delta.length, delta)) throw new TouchmarkError("ENVELOPE_TOO_LARGE");
  return applyDelta(delta, base, imageSize);
}
