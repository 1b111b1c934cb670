// SPDX-License-Identifier: Apache-2.0
// A `#chain` by itself: what notice, rotate, enroll and lock make of it. protocol/chain.md, "Judged".
import { requireInForce as requireCertificateInForce, verifyChain as verifyPath } from "../authority/verify-chain.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import type { UnitState } from "../protocol/messages/unit-state.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { decodeManifest } from "../protocol/suit-manifest.ts";
import { type Anchor, requireComplete, requireRootHash } from "./anchor.ts";
import { requireInTime } from "./certificates.ts";
import { type ChainQuestion, proveChain } from "./chain-proof.ts";
import { requireAnnounced, requireInForce, requireLicense, requirePermitted, requireRoot } from "./judgements.ts";
import { authenticateRelease, type SignedRelease } from "./release-signature.ts";
import { judge, type Verdict } from "./verdict.ts";

/** `digest` is the running release's. */
export type ChainState = Pick<UnitState, "trust" | "digest">;

export interface ChainOptions {
  /** DER of the root certificate that the unit is, or by enrolment will be, pinned to. */
  readonly root: Uint8Array;
  /** The unit's outstanding challenge, 32 bytes. */
  readonly challenge?: Uint8Array;
}

/** A chain that moves floor and trust, whatever the license's status. @param chain encoded */
export function verifyNotice(state: ChainState, chain: Uint8Array, options: ChainOptions): Verdict {
  const start = { trust: state.trust, root: options.root };
  return judge(start, (moved) => {
    requireComplete(start);
    const facts = proveChain(chain, question("notice", state.digest, options), start);
    moved(facts.anchor);
    requireLicense(facts.words.license);
  });
}

/** Trust statements without a license proof. @param chain encoded */
export function verifyRotate(state: ChainState, chain: Uint8Array, options: ChainOptions): Verdict {
  const start = { trust: state.trust, root: options.root };
  return judge(start, (moved) => {
    requireComplete(start);
    moved(proveChain(chain, question("rotate", state.digest, options), start).anchor);
  });
}

/** @param running the running release's signed parts. @param chain encoded, over the unit's challenge */
export function verifyLock(
  state: ChainState,
  chain: Uint8Array,
  running: SignedRelease,
  options: ChainOptions,
): Verdict {
  const start = { trust: state.trust, root: options.root };
  return judge(start, (moved) => {
    requireComplete(start);
    requireRootHash(start);
    const { manifestDigest, certificate } = authenticateRelease(running, options.root);
    const { securityVersion } = decodeManifest(running.manifest).license;
    const { anchor, block, words } = proveChain(chain, question("lock", manifestDigest, options), start);
    moved(anchor);
    const license = requireLicense(words.license);
    requireInForce(license, block.timestamp);
    requireInTime(certificate, options.root, block.timestamp);
    requirePermitted(license, certificate.publicKey, securityVersion);
    requireAnnounced(words.release, securityVersion, block.number);
    requireRoot(words.root, anchor.root);
  });
}

/** A device's path as enroll gives it, DER. The root is `ChainOptions.root`. */
export interface DevicePath {
  readonly line: Uint8Array;
  readonly device: Uint8Array;
}

/** Whether the device's own key and model fit is for the unit: they are not in its state. @param chain encoded */
export function verifyEnroll(
  state: ChainState,
  chain: Uint8Array,
  { line, device }: DevicePath,
  options: ChainOptions,
): Verdict {
  const { root } = options;
  return judge({ trust: state.trust, root }, (moved) => {
    const path = verifyPath("device", [device, line, root], { chainId: state.trust.chainId });
    const { manufacturerId } = path.root.manufacturer;
    const start: Anchor = { trust: { ...state.trust, manufacturerId, rootHash: sha256(root) }, root };
    const { anchor, block, words } = proveChain(chain, question("enroll", state.digest, options), start);
    requireInForce(requireLicense(words.license), block.timestamp);
    requireRoot(words.root, anchor.root);
    for (const der of [device, line, root]) requireCertificateInForce(decodeCertificate(der), Number(block.timestamp));
    moved(anchor);
  });
}

function question(step: ChainQuestion["step"], releaseDigest: Uint8Array, { challenge }: ChainOptions): ChainQuestion {
  return { step, releaseDigest, ...(challenge === undefined ? {} : { challenge }) };
}
