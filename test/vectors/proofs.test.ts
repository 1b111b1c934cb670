// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { deviceErrors } from "../../host/src/protocol/generated.ts";
import { proofVectors } from "../../protocol/vectors/generate-proofs.ts";
import { printVectorFile } from "../../protocol/vectors/lab/case.ts";
import { hostVerdict, questionOf, readVectors, vectorPaths } from "../support/proof-vectors.ts";

for (const path of vectorPaths) {
  const { text, file } = readVectors(path);

  describe(`vectors ${path}: ${file.about}`, () => {
    for (const entry of file.cases) {
      it(`${entry.title} is ${entry.expect}`, () => {
        expect(hostVerdict(questionOf(file, entry)).verdict).to.equal(entry.expect);
      });
    }

    it("are what the generator makes", () => {
      const made = proofVectors[path];
      expect(made && printVectorFile(made)).to.equal(text);
    });
  });
}

describe("vectors of proofs", () => {
  it("show every refusal that a bundle or chain can meet", () => {
    const shown = new Set(vectorPaths.flatMap((path) => readVectors(path).file.cases.map((entry) => entry.expect)));
    const missing = Object.entries(deviceErrors)
      .filter(([name, { code }]) => code >= FIRST && code <= LAST && !ELSEWHERE.has(name))
      .map(([name]) => name)
      .filter((name) => !shown.has(name as keyof typeof deviceErrors));
    expect(missing).to.deep.equal([]);
  });

  it("have titles of their own", () => {
    for (const path of vectorPaths) {
      const titles = readVectors(path).file.cases.map(({ title }) => title);
      expect(new Set(titles).size, path).to.equal(titles.length);
    }
  });
});

// ENVELOPE_MALFORMED to DELTA_MALFORMED in the table's order, and what other tests show.
const FIRST = 32;
const LAST = 146;
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...["CERT_PROFILE", "CERT_ALGORITHM", "CERT_CRITICAL_EXTENSION", "CERT_PATH_LENGTH", "CERT_SERIAL", "CERT_REVOKED"],
  // The unit's own key and model: on the device alone.
  ...["CERT_KEY_MISMATCH", "CERT_MODEL_MISMATCH", "PUBLIC_KEY_INVALID"],
  ...["SIGNATURE_INVALID", "SIGNATURE_RANGE", "IMAGE_FLASH_MISMATCH"],
]);
