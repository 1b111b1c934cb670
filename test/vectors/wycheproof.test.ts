// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { decodeEcdsaSignature, encodeEcdsaSignature } from "../../host/src/protocol/ecdsa-signature.ts";
import { compressPoint, sha256, signDigest, verifyDigest } from "../../host/src/protocol/secp256k1.ts";
import { verdict } from "../support/refusal.ts";

interface Group {
  readonly publicKey: { readonly uncompressed: string };
  readonly tests: readonly {
    readonly tcId: number;
    readonly flags: readonly string[];
    readonly msg: string;
    readonly sig: string;
    readonly result: "valid" | "invalid";
  }[];
}

const folder = process.env["TOUCHMARK_VECTORS"] ?? join(import.meta.dirname, "../../../shared/vectors");
const REFUSALS = ["DER_MALFORMED", "SIGNATURE_RANGE", "SIGNATURE_HIGH_S", "false"];

function check(publicKey: Uint8Array, message: string, signature: () => Uint8Array, highS = false): string {
  let holds = false;
  const code = verdict(() => {
    holds = verifyDigest(sha256(fromHex(message)), signature(), publicKey, { highS });
  });
  return code === "ok" ? String(holds) : code;
}

describe("Wycheproof, ECDSA over secp256k1", () => {
  const sets = [
    ["ecdsa_secp256k1_sha256_test", decodeEcdsaSignature, 476],
    ["ecdsa_secp256k1_sha256_bitcoin_test", decodeEcdsaSignature, 463],
    ["ecdsa_secp256k1_sha256_p1363_test", (signature: Uint8Array) => signature, 252],
  ] as const;

  for (const [name, decode, count] of sets) {
    const path = join(folder, "wycheproof", `${name}.json`);
    (existsSync(path) ? it : it.skip)(
      `B9 B13 B14 ${name}: refuses what is invalid, and of the valid only high s`,
      () => {
        const { testGroups } = JSON.parse(readFileSync(path, "utf8")) as { readonly testGroups: readonly Group[] };
        let seen = 0;
        for (const { publicKey, tests } of testGroups) {
          const key = compressPoint(fromHex(publicKey.uncompressed));
          for (const { tcId, msg, sig, result } of tests) {
            const outcome = check(key, msg, () => decode(fromHex(sig)));
            const expected = result === "valid" ? ["true", "SIGNATURE_HIGH_S"] : REFUSALS;
            expect(outcome, `#${tcId}`).to.be.oneOf(expected);
            if (result === "valid")
              expect(
                check(key, msg, () => decode(fromHex(sig)), true),
                `#${tcId}`,
              ).to.equal("true");
            seen += 1;
          }
        }
        expect(seen).to.equal(count);
      },
    );
  }
});

describe("RFC 6979 over secp256k1 and SHA-256", () => {
  // trezor-crypto's and bitcoin-core's known answers: key, message, r ‖ s.
  const answers = [
    [
      "01",
      "Satoshi Nakamoto",
      "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
    ],
    [
      "01",
      "All those moments will be lost in time, like tears in rain. Time to die...",
      "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
    ],
    [
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
      "Satoshi Nakamoto",
      "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
    ],
  ] as const;

  for (const [key, message, signature] of answers) {
    it(`B12 takes the nonce from key and message alone: ${message} under ${key}`, () => {
      const secret = fromHex(key.padStart(64, "0"));
      const digest = sha256(Uint8Array.from(Buffer.from(message)));
      expect(Buffer.from(signDigest(digest, secret)).toString("hex")).to.equal(signature);
    });
  }

  it("B14 writes r and s as DER that reads back, short ones too", () => {
    for (const signature of [
      fromHex(answers[0][2]),
      fromHex(`${"00".repeat(31)}01${"00".repeat(16)}80${"11".repeat(15)}`),
    ])
      expect(decodeEcdsaSignature(encodeEcdsaSignature(signature))).to.deep.equal(signature);
  });
});
