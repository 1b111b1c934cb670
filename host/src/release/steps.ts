// SPDX-License-Identifier: Apache-2.0
// `#chain` alone, for the steps of a unit's life that are no release: notice, rotate, enroll, lock. Each is asked of the
// verifier before it is handed out.
import { decodeCertificate } from "../protocol/certificate.ts";
import { parseExtensions } from "../protocol/certificate-extensions.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import { completeTrust, type TrustBlock } from "../protocol/trust-block.ts";
import type { TrustStatement } from "../protocol/trust-statement.ts";
import {
  type ChainOptions,
  type ChainState,
  type DevicePath,
  verifyEnroll,
  verifyLock,
  verifyNotice,
  verifyRotate,
} from "../verify/chain.ts";
import type { SignedParts } from "../verify/release-signature.ts";
import type { Verdict, VerdictName } from "../verify/verdict.ts";
import type { ProofSources } from "../witness/witnessed-header.ts";
import { requireAccepted } from "./bundle.ts";
import { type ProofRequest, proveChainBlock, towards } from "./prove.ts";

export interface StepRequest extends ChainOptions {
  readonly state: ChainState;
  /** That lead the unit to today's trust. */
  readonly statements?: readonly TrustStatement[];
  /** For drills: hand out what the unit refuses. */
  readonly evenIfRefused?: boolean;
}

/** What a notice's word is judged by, once it is proved: protocol/chain.md, "Judged". */
const PROVED_WORDS: readonly VerdictName[] = ["LICENSE_ABSENT", "WORD_MALFORMED"];

export interface ProvedChain {
  /** Encoded. */
  readonly chain: Uint8Array;
  readonly verdict: Verdict;
}

/**
 * The license word as it stands, whatever it says; a proved absence, too: the unit refuses that, and raises its floor.
 *
 * @throws BUNDLE_REFUSED; and as proveChainBlock
 */
export function proveNotice(request: StepRequest, sources: ProofSources): Promise<ProvedChain> {
  return prove(request, {}, sources, (chain) => verifyNotice(request.state, chain, request), PROVED_WORDS);
}

/** Trust statements, with the root word where they change the root. @throws BUNDLE_REFUSED; and as proveChainBlock */
export function proveRotate(request: StepRequest, sources: ProofSources): Promise<ProvedChain> {
  return prove(request, { license: false }, sources, (chain) => verifyRotate(request.state, chain, request));
}

/** @param running what the unit runs. The request needs its challenge. @throws BUNDLE_REFUSED; and as proveChainBlock */
export function proveLock(request: StepRequest, running: SignedParts, sources: ProofSources): Promise<ProvedChain> {
  const words = { release: manifestDigest(running.manifest), root: true };
  return prove(request, words, sources, (chain) => verifyLock(request.state, chain, running, request));
}

/** License and root words of the manufacturer whom the root names. @throws BUNDLE_REFUSED; and as proveChainBlock */
export function proveEnroll(request: StepRequest, path: DevicePath, sources: ProofSources): Promise<ProvedChain> {
  const words = { trust: enrolled(request), root: true };
  return prove(request, words, sources, (chain) => verifyEnroll(request.state, chain, path, request));
}

/** The trust that enrolment under this root leads to. */
function enrolled({ state, root }: StepRequest): TrustBlock {
  const manufacturerId = parseExtensions(decodeCertificate(root).extensions).manufacturer?.manufacturerId ?? 0n;
  return completeTrust(state.trust, manufacturerId, root);
}

async function prove(
  request: StepRequest,
  words: Partial<ProofRequest>,
  sources: ProofSources,
  verify: (chain: Uint8Array) => Verdict,
  written: readonly VerdictName[] = [],
): Promise<ProvedChain> {
  const { state, root, statements = [], challenge, evenIfRefused } = request;
  const nonce = challenge === undefined ? {} : { nonce: challenge };
  const path = towards({ trust: state.trust, root }, statements);
  const chain = await proveChainBlock({ ...path, ...nonce, ...words }, sources);
  const verdict = verify(chain);
  if (evenIfRefused !== true && !written.includes(verdict.verdict)) requireAccepted(verdict);
  return { chain, verdict };
}
