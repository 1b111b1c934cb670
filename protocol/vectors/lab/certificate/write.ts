// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/lab/certificate/write.ts` writes protocol/vectors/certificates.
import { writeFileSync } from "node:fs";
import { accepted } from "./accepted.ts";
import { form } from "./form.ts";
import { keys } from "./keys.ts";
import { paths } from "./paths.ts";
import { profile } from "./profile.ts";
import { signatures } from "./signatures.ts";

export const certificateVectors = { accepted, form, keys, signatures, profile, paths };

if (import.meta.main) {
  for (const [file, vectors] of Object.entries(certificateVectors))
    writeFileSync(new URL(`../../certificates/${file}.json`, import.meta.url), `${JSON.stringify(vectors, null, 1)}\n`);
}
