// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/generate-signatures.ts` writes the vectors of what a unit signs: fixed keys, fixed bytes.
import { writeFileSync } from "node:fs";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { attestationVectors, NONCE, ROOT } from "./lab/attestations.ts";
import { consentVectors, signInVectors } from "./lab/owner-signatures.ts";

/** By path below protocol/vectors. */
export const signatureFiles: Readonly<Record<string, unknown>> = {
  "attestation/tokens.json": { root: toHex(ROOT), nonce: toHex(NONCE), cases: attestationVectors },
  "signatures/consents.json": consentVectors,
  "signatures/sign-ins.json": signInVectors,
};

export const printed = (file: unknown): string => `${JSON.stringify(file, null, 1)}\n`;

if (import.meta.main) {
  for (const [path, file] of Object.entries(signatureFiles))
    writeFileSync(new URL(path, import.meta.url), printed(file));
}
