// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { issueRoot } from "../../../host/src/authority/authority.ts";
import { publishCrl } from "../../../host/src/authority/publish-crl.ts";
import { type VerifyOptions, verifyChain } from "../../../host/src/authority/verify-chain.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { type Crl, decodeCrl, encodeCrl, type Revocation } from "../../../host/src/protocol/crl.ts";
import { type FakeAuthority, fakeAuthority, NOW } from "../../support/fake-authority.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { OpensslFolder } from "../../support/openssl.ts";
import { verdict } from "../../support/refusal.ts";

const at = NOW + 86_400;

describe("revocation lists", () => {
  let fake: FakeAuthority;
  let stolen: Revocation;
  before(async () => {
    fake = await fakeAuthority();
    stolen = { serialNumber: fake.line.certificate.serialNumber, revokedAt: at, reason: "keyCompromise", block: 1000n };
  });

  const list = (...revocations: readonly Revocation[]): Promise<Crl> =>
    publishCrl({ revocations, number: 7n, now: at, days: 30 }, fake.root);
  const device = (options: VerifyOptions): string =>
    verdict(() =>
      verifyChain("device", [fake.device.der, fake.line.certificate.der, fake.root.certificate.der], options),
    );

  it("encode again to the same bytes and are read by OpenSSL, their block as an entry's extension", async () => {
    const crl = await list(stolen);
    expect(toHex(await encodeCrl(crl, async () => crl.signature))).to.equal(toHex(crl.der));
    expect(decodeCrl(crl.der).revocations).to.deep.equal([stolen]);
    using openssl = new OpensslFolder();
    const path = openssl.put("list.pem", "X509 CRL", crl.der);
    const root = openssl.put("root.pem", "CERTIFICATE", fake.root.certificate.der);
    const { output } = openssl.run("crl", "-in", path, "-CAfile", root, "-noout", "-text");
    expect(output)
      .to.contain("verify OK")
      .and.to.contain("Key Compromise")
      .and.to.match(/CRL Number:\s+7/);
    expect(output.replaceAll(":", "")).to.contain(toHex(stolen.serialNumber).toUpperCase());
  });

  it("take the line away from OpenSSL too", async () => {
    using openssl = new OpensslFolder();
    const check = (crl: Crl) => {
      const file = openssl.put("list.pem", "X509 CRL", crl.der);
      const path = [fake.line.certificate.der, fake.root.certificate.der];
      return openssl.verify(path, at + 1, "-crl_check", "-CRLfile", file);
    };
    expect(check(await list()).ok).to.equal(true);
    expect(check(await list(stolen)).output).to.contain("certificate revoked");
  });

  it("B1 leave the units of a revoked line that were registered before its block, and no other", async () => {
    const crl = await list(stolen);
    expect(device({ crl, at, registeredBlock: 999n })).to.equal("ok");
    expect(device({ crl, at, registeredBlock: 1000n })).to.equal("CERT_REVOKED");
    expect(device({ crl, at, registeredBlock: 1001n })).to.equal("CERT_REVOKED");
    expect(device({ crl, at })).to.equal("CERT_REVOKED");
    const { block: _, ...withoutBlock } = stolen;
    expect(device({ crl: await list(withoutBlock), at, registeredBlock: 1n })).to.equal("CERT_REVOKED");
  });

  it("B1 take a revoked line and a revoked OTA signer away whatever the block", async () => {
    const crl = await list(stolen, { ...stolen, serialNumber: fake.ota.serialNumber });
    const options = { crl, at, registeredBlock: 1n };
    const path = (der: Uint8Array) => [der, fake.root.certificate.der];
    expect(verdict(() => verifyChain("line", path(fake.line.certificate.der), options))).to.equal("CERT_REVOKED");
    expect(verdict(() => verifyChain("ota", path(fake.ota.der), options))).to.equal("CERT_REVOKED");
  });

  it("are refused past their next update, from another root, and changed", async () => {
    const crl = await list(stolen);
    expect(device({ crl, at: crl.nextUpdate + 1, registeredBlock: 1n })).to.equal("CRL_STALE");
    const other = await fakeAuthority({ keys: "other-" });
    const foreign = await publishCrl({ revocations: [], number: 1n, now: at, days: 30 }, other.root);
    expect(device({ crl: foreign, at })).to.equal("CERT_ISSUER");
    expect(device({ crl: { ...crl, bodyDigest: new Uint8Array(32) }, at })).to.equal("CERT_SIGNATURE");
  });

  it("B9 are strict DER: no bit of them flips unseen, and nothing may follow", async () => {
    const crl = await list(stolen);
    const verify = (der: Uint8Array) => device({ crl: decodeCrl(der), at, registeredBlock: 1n });
    expect(verify(crl.der)).to.equal("ok");
    expect(verdict(() => decodeCrl(Uint8Array.of(...crl.der, 0)))).to.equal("DER_MALFORMED");
    for (let bit = 0; bit < crl.der.length * 8; bit += 13) {
      const flipped = crl.der.with(bit >> 3, (crl.der[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      const outcome = verdict(() => decodeCrl(flipped));
      expect(outcome === "ok" ? verify(flipped) : outcome, `bit ${bit}`).not.to.equal("ok");
    }
  });

  it("B1 a root of the same name does not stand in for the root", async () => {
    const names = { organization: "FAKE Maker", commonName: "FAKE root", chainId: 31_337n, manufacturerId: 7n };
    const signer = fakeSigner("other-root");
    const impostor = { certificate: await issueRoot({ ...names, now: NOW, days: 100 }, signer), signer };
    const crl = await publishCrl({ revocations: [], number: 8n, now: at, days: 30 }, impostor);
    expect(device({ crl, at })).to.equal("CERT_ISSUER");
  });
});
