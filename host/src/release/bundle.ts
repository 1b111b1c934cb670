// SPDX-License-Identifier: Apache-2.0
// From a signed release to a bundle that a unit takes, and the same bundle later with a fresh proof: that needs no
// signing key, so anyone can do it.
import { TouchmarkError } from "../errors.ts";
import { encodeBundle } from "../protocol/bundle.ts";
import type { SignedRelease } from "../protocol/signed-release.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import type { TrustStatement } from "../protocol/trust-statement.ts";
import { type BundleOptions, type InstallState, verifyBundle } from "../verify/bundle.ts";
import type { Verdict } from "../verify/verdict.ts";
import type { ProofSources } from "../witness/witnessed-header.ts";
import { proveChainBlock, towards } from "./prove.ts";

export interface BundleRequest extends BundleOptions {
  readonly release: SignedRelease;
  /** The unit, or one that stands for a fleet, as `device state` exports it. */
  readonly state: InstallState;
  /** That lead the unit to today's trust. */
  readonly statements?: readonly TrustStatement[];
  /** For drills: hand out what the unit refuses. */
  readonly evenIfRefused?: boolean;
}

export interface ProvedBundle {
  readonly bundle: Uint8Array;
  readonly verdict: Verdict;
}

/**
 * Proves the release now, and asks the verifier before it hands anything out.
 *
 * @throws BUNDLE_REFUSED with the unit's verdict; and as proveChainBlock
 */
export async function proveBundle(request: BundleRequest, sources: ProofSources): Promise<ProvedBundle> {
  const { release, state, root, challenge, statements = [] } = request;
  const { authentication, manifest, image } = release;
  const path = towards({ trust: state.trust, root }, statements);
  const nonce = challenge === undefined ? {} : { nonce: challenge };
  const chain = await proveChainBlock({ ...path, ...nonce, release: manifestDigest(manifest) }, sources);
  const bundle = encodeBundle({ authentication, manifest, chain, payload: { kind: "firmware", bytes: image } });
  const verdict = verifyBundle(state, bundle, request);
  if (request.evenIfRefused !== true) requireAccepted(verdict);
  return { bundle, verdict };
}

/** @throws BUNDLE_REFUSED */
export function requireAccepted({ verdict, refusal }: Verdict): void {
  if (verdict === "OK") return;
  throw new TouchmarkError("BUNDLE_REFUSED", { data: { verdict, ...refusal?.data }, cause: refusal });
}
