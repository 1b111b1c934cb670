// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { decodeCrl } from "../../host/src/protocol/crl.ts";
import { decodeMintingCertificate } from "../../host/src/protocol/minting-certificate.ts";
import { verifyMinting } from "../../host/src/verify/minting.ts";
import vectors from "../../protocol/vectors/minting/record.json" with { type: "json" };
import { verdict } from "../support/refusal.ts";

interface Case {
  readonly title: string;
  readonly expect: string;
  readonly certificate: string;
  readonly hash?: string;
  readonly imei?: string;
  readonly crl?: string;
  readonly registeredBlock?: number;
}

// A prime, so that every bit of a byte has its turn.
const STRIDE_BITS = 67;

const root = fromHex(vectors.root);
const salt = fromHex(vectors.imeiSalt);

function judge({ certificate, hash, imei, crl, registeredBlock }: Case) {
  return verifyMinting(decodeMintingCertificate(fromHex(certificate)), {
    root,
    ...(hash !== undefined && { hash: fromHex(hash) }),
    ...(imei !== undefined && { imei: { imei, salt } }),
    ...(crl !== undefined && { crl: decodeCrl(fromHex(crl)) }),
    ...(registeredBlock !== undefined && { registeredBlock: BigInt(registeredBlock) }),
  });
}

describe("minting certificates", () => {
  for (const entry of vectors.cases as readonly Case[]) {
    it(entry.title, () => {
      expect(verdict(() => judge(entry))).to.equal(entry.expect);
    });
  }

  it("D8 are refused with a bit of the record flipped, all over it", () => {
    const { certificate: text } = vectors.cases[0] as Case;
    const whole = decodeMintingCertificate(fromHex(text));
    for (let bit = 0; bit < 8 * whole.record.length; bit += STRIDE_BITS) {
      const record = Uint8Array.from(whole.record);
      record[bit >> 3] = (record[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const said = verdict(() => verifyMinting({ ...whole, record }, { root }));
      expect(said, `bit ${bit}`).not.to.equal("ok");
    }
  });
});
