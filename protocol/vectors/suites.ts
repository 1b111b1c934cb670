// SPDX-License-Identifier: Apache-2.0
// The cases of bundles, chains, tries and trust statements, by the file that they become.
import { boardCases } from "./cases/board.ts";
import { chainCases } from "./cases/chain.ts";
import { DELTA, deltaCases } from "./cases/delta.ts";
import { envelopeCases } from "./cases/envelope.ts";
import { manifestCases } from "./cases/manifest.ts";
import { signatureCases } from "./cases/signature.ts";
import { ENROLL, enrollCases, LOCK, lockCases, NOTICE, noticeCases } from "./cases/steps.ts";
import { stolenKeysBundles, stolenKeysRotations } from "./cases/stolen-keys.ts";
import { trieCases } from "./cases/trie.ts";
import { ROTATE, trustCases } from "./cases/trust.ts";
import type { Case } from "./lab/case.ts";
import { bundleOf, chainOf, enrollmentOf } from "./lab/make.ts";
import { HONEST, type Scenario } from "./lab/scenario.ts";
import type { Step } from "./lab/vector-file.ts";

export interface Suite {
  /** Below protocol/vectors. */
  readonly path: string;
  readonly about: string;
  readonly step: Step;
  readonly base: Scenario;
  readonly encode: (scenario: Scenario) => Uint8Array;
  readonly cases: readonly Case[];
}

const bundles = (path: string, about: string, cases: readonly Case[], base = HONEST): Suite => ({
  ...{ path, about, step: "bundle", base, encode: bundleOf, cases },
});

const chains = (path: string, about: string, step: Step, base: Scenario, cases: readonly Case[]): Suite => ({
  ...{ path, about, step, base, encode: step === "enroll" ? enrollmentOf : chainOf, cases },
});

export const suites: readonly Suite[] = [
  bundles("bundle/envelope.json", "Envelope form and bounds", envelopeCases),
  bundles("bundle/signature.json", "Digest, COSE, OTA certificate", signatureCases),
  bundles("bundle/delta.json", "Deltas: form, base, bounds, result", deltaCases, DELTA),
  bundles("bundle/manifest.json", "Manifest, names, image, rollback", manifestCases),
  bundles("bundle/stolen-keys.json", "What several stolen keys install", stolenKeysBundles),
  bundles("chain/header.json", "Form, header, witnesses, freshness", chainCases),
  bundles("chain/board.json", "Account, license, release", boardCases),
  chains("chain/notice.json", "A chain alone", "notice", NOTICE, noticeCases),
  chains("chain/lock.json", "What it takes to lock", "lock", LOCK, lockCases),
  chains("chain/enroll.json", "What it takes to enroll", "enroll", ENROLL, enrollCases),
  bundles("trie/hostile.json", "Proofs forged, padded, bent", trieCases),
  chains("trust/statements.json", "Trust statements", "rotate", ROTATE, trustCases),
  chains("trust/stolen-keys.json", "What several stolen keys replace", "rotate", ROTATE, stolenKeysRotations),
];
