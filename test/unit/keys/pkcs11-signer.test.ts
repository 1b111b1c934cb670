// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { openKey } from "../../../host/src/keys/open-key.ts";
import { parsePkcs11Uri } from "../../../host/src/keys/pkcs11-uri.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { encodePrivateKeyInfo } from "../../../host/src/protocol/private-key-info.ts";
import { normalizeLowS, publicKeyOf, verifyDigest } from "../../../host/src/protocol/secp256k1.ts";
import { fakeKeys } from "../../support/fake-keys.ts";
import { refusal, verdict } from "../../support/refusal.ts";
import { PIN, SoftHsm } from "../../support/soft-hsm.ts";

describe("PKCS#11 URIs", () => {
  it("name token, key and library, percent-decoded", () => {
    expect(parsePkcs11Uri("pkcs11:token=line%204;object=root?module-path=/opt/hsm.so")).to.deep.equal({
      token: "line 4",
      object: "root",
      modulePath: "/opt/hsm.so",
    });
  });

  it("are refused with an attribute missing, repeated, unknown or a PIN inside", () => {
    for (const uri of [
      "pkcs11:token=t?module-path=/m",
      "pkcs11:token=t;object=o",
      "pkcs11:token=t;token=t;object=o?module-path=/m",
      "pkcs11:token=t;object=o;serial=1?module-path=/m",
      "pkcs11:token=t;object=o?module-path=/m&pin-value=1234",
      "pkcs11:token=%zz;object=o?module-path=/m",
      "file:key.pem",
    ])
      expect(
        verdict(() => parsePkcs11Uri(uri)),
        uri,
      ).to.equal("USAGE");
  });
});

describe("PKCS#11 keys in SoftHSM", () => {
  let token: SoftHsm | undefined;
  const uri = (object: string): string => token?.uri(object) ?? "";
  const open = (object: string, pin = PIN) => openKey(uri(object), async () => pin);

  before(async function () {
    if (!(await SoftHsm.available())) this.skip();
    token = new SoftHsm();
  });
  after(() => token?.[Symbol.dispose]());

  function put(label: string, secret: Uint8Array): void {
    const base64 = encodePrivateKeyInfo(secret).toString("base64").replaceAll(/.{64}/g, "$&\n");
    const pem = `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`;
    token?.import(label, pem, toHex(Uint8Array.from(randomBytes(4))));
  }

  it("sign low-S for every kind of key, also many at once", async () => {
    for (const kind of ["root", "line", "ota", "witness", "account"]) {
      const secret = newSecret();
      put(kind, secret);
      using signer = await open(kind);
      expect(signer.publicKey).to.deep.equal(publicKeyOf(secret));
      const digests = Array.from({ length: 16 }, () => Uint8Array.from(randomBytes(32)));
      const signatures = await Promise.all(digests.map((digest) => signer.sign(digest)));
      for (const [index, signature] of signatures.entries()) {
        expect(verifyDigest(digests[index] ?? new Uint8Array(), signature, signer.publicKey)).to.equal(true);
        expect(normalizeLowS(signature)).to.deep.equal(signature);
      }
    }
  });

  it("are open side by side, and one that is closed takes no other with it", async () => {
    put("left", newSecret());
    put("right", newSecret());
    const left = await open("left");
    using right = await open("right");
    left.close();
    left.close();
    expect((await refusal(left.sign(new Uint8Array(32)))).code).to.equal("KEY_LOCKED");
    expect(await right.sign(new Uint8Array(32).fill(1))).to.have.length(64);
  });

  it("refuse a wrong PIN, an unknown token or key, and a label that two keys bear", async () => {
    put("twin", newSecret());
    put("twin", newSecret());
    expect((await refusal(open("twin"))).code).to.equal("KEY_LOCKED");
    expect((await refusal(open("root", "0000"))).code).to.equal("KEY_LOCKED");
    expect((await refusal(open("nobody"))).code).to.equal("KEY_LOCKED");
    const elsewhere = openKey(uri("root").replace("token=touchmark", "token=other"), async () => PIN);
    expect((await refusal(elsewhere)).code).to.equal("KEY_LOCKED");
  });

  it("refuse a key of certs/fake and a library that is none", async () => {
    put("fake", Uint8Array.from(Buffer.from(fakeKeys[0]?.secret ?? "", "hex")));
    expect((await refusal(open("fake"))).code).to.equal("KEY_REFUSED");
    const none = openKey("pkcs11:token=t;object=o?module-path=/nonexistent.so", async () => PIN);
    expect((await refusal(none)).code).to.equal("TOOL_MISSING");
  });
});
