// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { verifyChain } from "../../host/src/authority/verify-chain.ts";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import type { CertificateVector } from "../../protocol/vectors/lab/certificate/cases.ts";
import { BORN } from "../../protocol/vectors/lab/certificate/parts.ts";
import { certificateVectors } from "../../protocol/vectors/lab/certificate/write.ts";
import { OpensslFolder } from "../support/openssl.ts";
import { verdict } from "../support/refusal.ts";

const folder = new URL("../../protocol/vectors/certificates/", import.meta.url);

function check({ path, certificates, rootHash, at }: CertificateVector): string {
  const options = { rootHash: fromHex(rootHash), ...(at !== undefined && { at }) };
  return verdict(() => verifyChain(path, certificates.map(fromHex), options));
}

for (const file of readdirSync(folder)) {
  const text = readFileSync(new URL(file, folder), "utf8");
  const vectors = JSON.parse(text) as readonly CertificateVector[];

  describe(`certificate vectors: ${file}`, () => {
    for (const vector of vectors) {
      const { faults, title, expect: expected } = vector;
      it([...faults, title, expected === "ok" ? "is accepted" : `is ${expected}`].join(" "), () => {
        expect(check(vector)).to.equal(expected);
      });
    }

    it("are what the laboratory makes", () => {
      const made = certificateVectors[file.replace(".json", "") as keyof typeof certificateVectors];
      expect(vectors).to.deep.equal(made);
    });
  });
}

describe("certificate vectors and OpenSSL", () => {
  it("accepts every path that we accept", () => {
    using openssl = new OpensslFolder();
    const accepted = Object.values(certificateVectors)
      .flat()
      .filter((vector) => vector.expect === "ok");
    expect(accepted.length).to.be.at.least(9);
    // OpenSSL counts the second of notAfter as past, and a line by its clock; RFC 5280 §4.1.2.5 and we do not.
    const lastSecond = ["ota-last-second", "born-last-second"];
    for (const { id, certificates, at = BORN + 2 * 86_400 } of accepted) {
      const { ok, output } = openssl.verify(certificates.map(fromHex), lastSecond.includes(id) ? "any" : at);
      expect(ok, `${id}: ${output}`).to.equal(true);
    }
  });
});
