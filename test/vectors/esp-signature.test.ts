// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { concatBytes, fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import {
  readSecureBootKey,
  SIGNATURE_SECTOR,
  signEspImage,
  verifyEspSignature,
  wholeSectors,
} from "../../host/src/protocol/esp-signature.ts";
import images from "../../protocol/vectors/esp-image/image.json" with { type: "json" };
import vectors from "../../protocol/vectors/esp-image/signature.json" with { type: "json" };
import { verdict } from "../support/refusal.ts";

const image = fromHex(images.cases[0]?.image ?? "");
const whole = wholeSectors(image);
const sectorOf = (block: Uint8Array): Uint8Array =>
  concatBytes(block, new Uint8Array(SIGNATURE_SECTOR - block.length).fill(0xff));

describe("signatures for the mask ROM's secure boot", () => {
  for (const { title, expect: expected, block } of vectors.cases) {
    it(`${title}: ${expected}`, () => {
      const verify = () => verifyEspSignature(whole, sectorOf(fromHex(block)));
      expect(verdict(verify)).to.equal(expected);
      if (expected === "ok") expect(toHex(verify())).to.equal(vectors.key);
    });
  }

  it("sign and verify are of one opinion, and a passphrase is asked for where the key has one", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const cipher = { cipher: "aes-256-cbc", passphrase: "FAKE passphrase" };
    const pem = String(privateKey.export({ type: "pkcs8", format: "pem", ...cipher }));
    const signed = signEspImage(image, readSecureBootKey(pem, "FAKE passphrase"));
    expect(signed.subarray(0, whole.length)).to.deep.equal(whole);
    expect(verifyEspSignature(whole, signed.subarray(whole.length))).to.have.length(32);
    expect(verdict(() => readSecureBootKey(pem, "another"))).to.equal("USAGE");
    expect(verdict(() => readSecureBootKey(pem))).to.equal("USAGE");
  });

  it("takes no key of another kind or size", () => {
    const pem = { type: "pkcs8", format: "pem" } as const;
    for (const { privateKey } of [
      generateKeyPairSync("rsa", { modulusLength: 2048 }),
      generateKeyPairSync("rsa", { modulusLength: 3071 }), // as many bytes as 3072
      generateKeyPairSync("rsa-pss", { modulusLength: 3072 }),
      generateKeyPairSync("ec", { namedCurve: "secp256k1" }),
    ])
      expect(verdict(() => readSecureBootKey(String(privateKey.export(pem))))).to.equal("USAGE");
    expect(verdict(() => readSecureBootKey("no key"))).to.equal("USAGE");
    const size = ["-pkeyopt", "rsa_keygen_bits:3072", "-pkeyopt", "rsa_keygen_pubexp:4294967311"];
    const wide = execFileSync("openssl", ["genpkey", "-algorithm", "RSA", ...size], {
      encoding: "utf8",
      stdio: "pipe",
    });
    expect(
      verdict(() => readSecureBootKey(wide)),
      "an exponent of 33 bits",
    ).to.equal("USAGE");
  });

  it("no altered byte of image or sector passes", () => {
    const good = concatBytes(whole, sectorOf(fromHex(vectors.cases[0]?.block ?? "")));
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bent = good.map((byte, index) => (index === at ? byte ^ flip : byte));
        const [front, sector] = [bent.subarray(0, whole.length), bent.subarray(whole.length)];
        expect(verdict(() => verifyEspSignature(front, sector))).to.equal("ESP_IMAGE_SIGNATURE");
      }),
      { numRuns: 300 },
    );
  });
});
