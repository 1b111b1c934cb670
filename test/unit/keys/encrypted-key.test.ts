// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createKeyFile, newSecret, openKeyFile } from "../../../host/src/keys/file-signer.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { decryptKey, encryptKey, ROUNDS_MIN } from "../../../host/src/protocol/encrypted-key.ts";
import { encodePem } from "../../../host/src/protocol/pem.ts";
import { publicKeyOf, verifyDigest } from "../../../host/src/protocol/secp256k1.ts";
import { fakeKeys } from "../../support/fake-keys.ts";
import { refusal } from "../../support/refusal.ts";

const passphrase = "correct horse battery staple";

describe("key files", function () {
  // Each costs 600,000 rounds to make and to open.
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-keys-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are read by Node and by OpenSSL, which sees PBES2 with HMAC-SHA512 and 600,000 rounds", async () => {
    const secret = newSecret();
    const pem = encodePem("ENCRYPTED PRIVATE KEY", await encryptKey(secret, passphrase));
    const jwk = createPrivateKey({ key: pem, passphrase }).export({ format: "jwk" });
    expect(jwk.crv).to.equal("secp256k1");
    expect(jwk.d).to.equal(Buffer.from(secret).toString("base64url"));

    const path = join(folder, "key.pem");
    writeFileSync(path, pem);
    const pass = `pass:${passphrase}`;
    const text = execFileSync("openssl", ["pkey", "-in", path, "-passin", pass, "-noout", "-text"], {
      encoding: "utf8",
    });
    expect(text.replaceAll(/[\s:]/g, "")).to.contain(toHex(secret)).and.to.contain("secp256k1");
    const asn1 = execFileSync("openssl", ["asn1parse", "-in", path], { encoding: "utf8" });
    expect(asn1).to.contain("hmacWithSHA512").and.to.contain("aes-256-cbc").and.to.contain("PBES2");
    expect(asn1).to.contain(`INTEGER           :${ROUNDS_MIN.toString(16).toUpperCase().padStart(6, "0")}`);
  });

  it("open with their passphrase in either Unicode form, and with no other", async () => {
    const secret = newSecret();
    const der = await encryptKey(secret, "Zürich line 4711");
    expect(await decryptKey(der, "Zu\u0308rich line 4711")).to.deep.equal(secret);
    expect((await refusal(decryptKey(der, "Zurich line 4711"))).code).to.equal("KEY_LOCKED");
  });

  it("are made once, for the owner alone, and sign as the key that they hold", async () => {
    const path = join(folder, "root.key.pem");
    using made = await createKeyFile(path, passphrase);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    const before = readFileSync(path);
    expect((await refusal(createKeyFile(path, passphrase))).code).to.equal("FILE_EXISTS");
    expect(readFileSync(path)).to.deep.equal(before);

    using opened = await openKeyFile(path, passphrase);
    const digest = Uint8Array.from(randomBytes(32));
    expect(opened.address).to.equal(made.address);
    expect(verifyDigest(digest, await opened.sign(digest), made.publicKey)).to.equal(true);
  });

  it("are refused under a short passphrase, and with a key of certs/fake", async () => {
    const path = join(folder, "fake.pem");
    expect((await refusal(createKeyFile(path, "short"))).code).to.equal("KEY_REFUSED");
    for (const { name, secret } of fakeKeys.slice(0, 2)) {
      const der = await encryptKey(Uint8Array.from(Buffer.from(secret, "hex")), passphrase);
      writeFileSync(path, encodePem("ENCRYPTED PRIVATE KEY", der));
      const error = await refusal(openKeyFile(path, passphrase));
      expect(error.code).to.equal("KEY_REFUSED");
      expect(error.data).to.deep.equal({ fake: name });
    }
  });

  it("of fewer rounds, of another cipher or of another curve are refused", async () => {
    const weak = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey.export({
      type: "pkcs8",
      format: "der",
      cipher: "aes-256-cbc",
      passphrase,
    });
    expect((await refusal(decryptKey(weak, passphrase))).code).to.equal("KEY_REFUSED");

    const path = join(folder, "p256.pem");
    const strong = ["-topk8", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512", "-iter", "600000", "-outform", "DER"];
    writeFileSync(
      path,
      generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ type: "pkcs8", format: "pem" }),
    );
    const p256 = execFileSync("openssl", ["pkcs8", ...strong, "-in", path, "-passout", `pass:${passphrase}`]);
    expect((await refusal(decryptKey(p256, passphrase))).code).to.equal("KEY_LOCKED");
  });

  it("that OpenSSL writes with the same parameters are opened", async () => {
    const path = join(folder, "openssl.pem");
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
    writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }));
    const options = ["-topk8", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512", "-iter", "600000", "-outform", "DER"];
    const der = execFileSync("openssl", ["pkcs8", ...options, "-in", path, "-passout", `pass:${passphrase}`]);
    const secret = await decryptKey(der, passphrase);
    expect(Buffer.from(secret).toString("base64url")).to.equal(privateKey.export({ format: "jwk" }).d);
    expect(publicKeyOf(secret)).to.have.length(33);
  });

  it("leave no copy of their secret behind once closed", async () => {
    const secret = newSecret();
    const kept = Uint8Array.from(secret);
    const { memorySigner } = await import("../../../host/src/keys/memory-signer.ts");
    const signer = memorySigner(secret);
    signer.close();
    expect(secret).to.deep.equal(new Uint8Array(32)).and.not.to.deep.equal(kept);
    expect((await refusal(signer.sign(new Uint8Array(32)))).code).to.equal("KEY_LOCKED");
  });
});
