// SPDX-License-Identifier: Apache-2.0
// From a signed release to a bundle that a unit takes, and the same bundle later with a fresh proof.
import { TouchmarkError } from "../errors.ts";
import { decodeBundle, encodeBundle } from "../protocol/bundle.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { releaseOf, type SignedRelease } from "../protocol/signed-release.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import { type BundleOptions, type InstallState, verifyBundle } from "../verify/bundle.ts";
import type { Verdict } from "../verify/verdict.ts";
import { type ProofRequest, type ProofSources, proveChainBlock } from "./prove.ts";

export interface ProvedBundle {
  readonly bundle: Uint8Array;
  readonly verdict: Verdict;
}

export interface BundleRequest extends BundleOptions {
  readonly release: SignedRelease;
  /** The unit, or one that stands for a fleet, as `device state` exports it. */
  readonly state: InstallState;
  /** With trust statements on the way: where they lead. */
  readonly proof?: Pick<ProofRequest, "trust" | "statements">;
  /** For drills: hand out what the unit refuses. */
  readonly evenIfRefused?: boolean;
}

/**
 * Proves the release now and asks the verifier before it hands anything out.
 *
 * @throws BUNDLE_REFUSED with the unit's verdict; and as proveChainBlock
 */
export async function proveBundle(request: BundleRequest, sources: ProofSources): Promise<ProvedBundle> {
  const { release, state, challenge, proof = { trust: state.trust } } = request;
  const digest = manifestDigest(release.manifest);
  const nonce = challenge === undefined ? {} : { nonce: challenge };
  const root = !equalBytes(proof.trust.rootHash, state.trust.rootHash);
  const chain = await proveChainBlock({ ...proof, ...nonce, release: digest, root }, sources);
  const { authentication, manifest, image } = release;
  const bundle = encodeBundle({ authentication, manifest, chain, payload: { kind: "firmware", bytes: image } });
  const verdict = verifyBundle(state, bundle, request);
  if (verdict.verdict !== "OK" && request.evenIfRefused !== true) throw refused(verdict);
  return { bundle, verdict };
}

/** The release inside a bundle, for a fresh proof: no signing key is needed. @throws ENVELOPE_* */
export function releaseInBundle(bundle: Uint8Array): SignedRelease {
  return releaseOf(decodeBundle(bundle));
}

export function refused({ verdict, refusal }: Verdict): TouchmarkError {
  return new TouchmarkError("BUNDLE_REFUSED", { data: { verdict, ...refusal?.data }, cause: refusal });
}
