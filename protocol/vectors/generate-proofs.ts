// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/generate-proofs.ts` writes the vectors of bundles, chains and trust statements: fixed keys, fixed
// bytes, so that the same code gives the same files.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { printVectorFile, vectorFile } from "./lab/case.ts";
import { runningOf } from "./lab/make.ts";
import type { VectorFile } from "./lab/vector-file.ts";
import { suites } from "./suites.ts";

/** By path below protocol/vectors. */
export const proofVectors: Readonly<Record<string, VectorFile>> = Object.fromEntries(
  suites.map(({ path, about, step, base, encode, cases }) => [
    path,
    vectorFile(about, step, base, encode, cases, step === "lock" ? runningOf(base) : undefined),
  ]),
);

if (import.meta.main) {
  for (const [path, file] of Object.entries(proofVectors)) {
    const url = new URL(path, import.meta.url);
    mkdirSync(dirname(url.pathname), { recursive: true });
    writeFileSync(url, printVectorFile(file));
  }
}
