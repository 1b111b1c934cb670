// SPDX-License-Identifier: Apache-2.0
// A `#chain` by itself: what notice, rotate, enroll and lock make of it. protocol/chain.md, "Judged".
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import { requireInForce as requireInTime, verifyChain as verifyPath } from "../authority/verify-chain.ts";
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { classId } from "../protocol/class-id.ts";
import type { UnitState } from "../protocol/messages/unit-state.ts";
import { decodeManifest } from "../protocol/suit-manifest.ts";
import { completeTrust, isComplete, type TrustBlock } from "../protocol/trust-block.ts";
import { requireComplete, requireRootHash } from "./anchor.ts";
import { requireSignerInTime } from "./certificates.ts";
import { type ChainQuestion, proveChain } from "./chain-proof.ts";
import { requireAnnounced, requireInForce, requireLicense, requirePermitted, requireRoot } from "./judgements.ts";
import { authenticateRelease, type SignedParts } from "./release-signature.ts";
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
export function verifyLock(state: ChainState, chain: Uint8Array, running: SignedParts, options: ChainOptions): Verdict {
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
    requireSignerInTime(certificate, options.root, block.timestamp);
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

/** Whether the device's key is the unit's is for the unit: its state does not say. @param chain encoded */
export function verifyEnroll(
  state: ChainState,
  chain: Uint8Array,
  { line, device }: DevicePath,
  options: ChainOptions,
): Verdict {
  const { root } = options;
  return judge({ trust: state.trust, root }, (moved) => {
    const path = verifyPath("device", [device, line, root], { chainId: state.trust.chainId });
    requireModel(path.leaf, state.trust);
    const start = { trust: enrolled(state.trust, path.root), root };
    const { anchor, block, words } = proveChain(chain, question("enroll", state.digest, options), start);
    requireInForce(requireLicense(words.license), block.timestamp);
    requireRoot(words.root, root);
    for (const certificate of [path.leaf, ...path.issuers]) requireInTime(certificate, Number(block.timestamp));
    moved(anchor);
  });
}

function requireModel({ manufacturer: { hardwareModel = "" } }: ProfiledCertificate, trust: TrustBlock): void {
  if (!equalBytes(classId(trust.vendorId, hardwareModel), trust.classId)) {
    throw new TouchmarkError("CERT_MODEL_MISMATCH", { data: { hardwareModel } });
  }
}

/** The unit's trust, completed by the root; one that is complete takes no other. */
function enrolled(trust: TrustBlock, root: ProfiledCertificate): TrustBlock {
  const { manufacturerId } = root.manufacturer;
  const completed = completeTrust(trust, manufacturerId, root.der);
  if (isComplete(trust) && trust.manufacturerId !== manufacturerId) throw new TouchmarkError("CERT_MANUFACTURER");
  if (isComplete(trust) && !equalBytes(trust.rootHash, completed.rootHash)) throw new TouchmarkError("ROOT_MISMATCH");
  return completed;
}

function question(step: ChainQuestion["step"], releaseDigest: Uint8Array, { challenge }: ChainOptions): ChainQuestion {
  return { step, releaseDigest, ...(challenge === undefined ? {} : { challenge }) };
}
