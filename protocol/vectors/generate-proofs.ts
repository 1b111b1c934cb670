// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/generate-proofs.ts` writes the vectors of bundles, chains and trust statements: fixed keys, fixed
// bytes, so that the same code gives the same files.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { boardCases } from "./cases/board.ts";
import { chainCases } from "./cases/chain.ts";
import { DELTA, deltaCases } from "./cases/delta.ts";
import { envelopeCases } from "./cases/envelope.ts";
import { manifestCases } from "./cases/manifest.ts";
import { signatureCases } from "./cases/signature.ts";
import { ENROLL, enrollCases, LOCK, lockCases, NOTICE, noticeCases } from "./cases/steps.ts";
import { trieCases } from "./cases/trie.ts";
import { ROTATE, trustCases } from "./cases/trust.ts";
import { printVectorFile, vectorFile } from "./lab/case.ts";
import { bundleOf, chainOf, enrollmentOf, runningOf } from "./lab/make.ts";
import { HONEST } from "./lab/scenario.ts";
import type { VectorFile } from "./lab/vector-file.ts";

/** By path below protocol/vectors. */
export const proofVectors: Readonly<Record<string, VectorFile>> = {
  "bundle/envelope.json": vectorFile("Envelope form and bounds", "bundle", HONEST, bundleOf, envelopeCases),
  "bundle/signature.json": vectorFile("Digest, COSE, OTA certificate", "bundle", HONEST, bundleOf, signatureCases),
  "bundle/delta.json": vectorFile("Deltas: form, base, bounds, result", "bundle", DELTA, bundleOf, deltaCases),
  "bundle/manifest.json": vectorFile("Manifest, names, image, rollback", "bundle", HONEST, bundleOf, manifestCases),
  "chain/header.json": vectorFile("Form, header, witnesses, freshness", "bundle", HONEST, bundleOf, chainCases),
  "chain/board.json": vectorFile("Account, license, release", "bundle", HONEST, bundleOf, boardCases),
  "chain/notice.json": vectorFile("A chain alone", "notice", NOTICE, chainOf, noticeCases),
  "chain/lock.json": vectorFile("What it takes to lock", "lock", LOCK, chainOf, lockCases, runningOf(LOCK)),
  "chain/enroll.json": vectorFile("What it takes to enroll", "enroll", ENROLL, enrollmentOf, enrollCases),
  "trie/hostile.json": vectorFile("Proofs forged, padded, bent", "bundle", HONEST, bundleOf, trieCases),
  "trust/statements.json": vectorFile("Trust statements", "rotate", ROTATE, chainOf, trustCases),
};

if (import.meta.main) {
  for (const [path, file] of Object.entries(proofVectors)) {
    const url = new URL(path, import.meta.url);
    mkdirSync(dirname(url.pathname), { recursive: true });
    writeFileSync(url, printVectorFile(file));
  }
}
