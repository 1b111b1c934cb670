// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import { issueLine, issueOta, issueRoot } from "../../../host/src/authority/authority.ts";
import { issueDevice } from "../../../host/src/authority/issue-device.ts";
import { profiles } from "../../../host/src/authority/profiles.ts";
import { verifyChain } from "../../../host/src/authority/verify-chain.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { decodeCertificate, encodeCertificate } from "../../../host/src/protocol/certificate.ts";
import { limits } from "../../../host/src/protocol/generated.ts";
import { type FakeAuthority, fakeAuthority, NOW } from "../../support/fake-authority.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { OpensslFolder } from "../../support/openssl.ts";
import { refusal } from "../../support/refusal.ts";

describe("certificates of the CA", () => {
  let fake: FakeAuthority;
  let openssl: OpensslFolder;
  before(async () => {
    fake = await fakeAuthority();
    openssl = new OpensslFolder();
  });
  after(() => openssl[Symbol.dispose]());

  const paths = () => ({
    device: [fake.device.der, fake.line.certificate.der, fake.root.certificate.der],
    line: [fake.line.certificate.der, fake.root.certificate.der],
    ota: [fake.ota.der, fake.root.certificate.der],
    root: [fake.root.certificate.der],
  });

  it("verify under OpenSSL's -x509_strict and under our own rules, each path", () => {
    for (const [kind, path] of Object.entries(paths())) {
      const { ok, output } = openssl.verify(path, NOW + 7200);
      expect(ok, `${kind}: ${output}`).to.equal(true);
      const verified = verifyChain(kind as keyof typeof profiles, path, { at: NOW + 7200, chainId: 31_337n });
      expect(verified.root.der).to.deep.equal(fake.root.certificate.der);
    }
  });

  it("are read by Node, signed by the key of the next, the device's key being its address", () => {
    const [device, line, root] = paths().device.map((der) => new X509Certificate(der));
    expect(device?.verify(line?.publicKey as never)).to.equal(true);
    expect(line?.verify(root?.publicKey as never)).to.equal(true);
    expect(root?.verify(root.publicKey)).to.equal(true);
    expect(device?.checkIssued(line as X509Certificate)).to.equal(true);
    expect(device?.subjectAltName).to.equal(`URI:ethereum:${fake.deviceSigner.address}@31337`);
    expect(device?.validTo).to.equal("Dec 31 23:59:59 9999 GMT");
    expect(device?.subject).to.equal("O=FAKE Maker\nserialNumber=FAKE-0001");
  });

  it("encode again to the same bytes, within 1,024", async () => {
    for (const path of Object.values(paths())) {
      for (const der of path) {
        const certificate = decodeCertificate(der);
        const again = await encodeCertificate(certificate, async () => certificate.signature);
        expect(toHex(again)).to.equal(toHex(der));
        expect(der.length).to.be.at.most(limits.certificateBytes);
      }
    }
  });

  it("give OTA signers OpenSSL's view of one critical purpose, and lines none", () => {
    const path = openssl.put("ota.pem", "CERTIFICATE", fake.ota.der);
    const { output } = openssl.run("x509", "-in", path, "-noout", "-text");
    expect(output).to.match(/Extended Key Usage: critical\s+2\.25\.\d+\.2\n/);
    const line = openssl.put("line.pem", "CERTIFICATE", fake.line.certificate.der);
    expect(openssl.run("x509", "-in", line, "-noout", "-text").output).not.to.contain("Extended Key Usage");
  });

  it("have random serial numbers of 16 bytes", async () => {
    const request = { publicKey: fake.deviceSigner.publicKey, serial: "FAKE-1", hardwareModel: "tm-1", now: NOW };
    const serials = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      const { serialNumber } = await issueDevice(request, fake.line);
      expect(serialNumber).to.have.length(16);
      expect(serialNumber[0]).to.be.within(0x40, 0x7f);
      serials.add(toHex(serialNumber));
    }
    expect(serials.size).to.equal(20);
  });

  it("are refused beyond the profile's lifetime, outside the issuer's, and with a cap of none", async () => {
    const { publicKey } = fakeSigner("other-line");
    const line = { station: "FAKE 2", publicKey, units: 10, now: NOW, days: 90 };
    await issueLine(line, fake.root);
    expect((await refusal(issueLine({ ...line, days: 91 }, fake.root))).code).to.equal("CERT_PROFILE");
    for (const units of [0, -1, 1.5, 1_000_001])
      expect((await refusal(issueLine({ ...line, units }, fake.root))).code).to.equal("CERT_PROFILE");
    const late = { ...line, now: fake.root.certificate.notAfter + 1 };
    expect((await refusal(issueLine(late, fake.root))).code).to.equal("CERT_NOT_IN_FORCE");
    const ota = { commonName: "FAKE releases", publicKey, now: NOW, days: 5 * 366 };
    expect((await refusal(issueOta(ota, fake.root))).code).to.equal("CERT_PROFILE");
    const names = { organization: "FAKE", commonName: "FAKE", chainId: 1n, manufacturerId: 1n, now: NOW };
    expect((await refusal(issueRoot({ ...names, days: 41 * 366 }, fakeSigner("root")))).code).to.equal("CERT_PROFILE");
  });

  it("are refused for names and models that do not fit", async () => {
    const request = { publicKey: fake.deviceSigner.publicKey, serial: "FAKE-1", hardwareModel: "tm-1", now: NOW };
    for (const wrong of [
      { serial: "" },
      { serial: "é" },
      { serial: "x".repeat(65) },
      { hardwareModel: "" },
      { hardwareModel: "m".repeat(33) },
    ])
      expect((await refusal(issueDevice({ ...request, ...wrong }, fake.line))).code).to.be.oneOf([
        "CERT_PROFILE",
        "DER_MALFORMED",
      ]);
  });

  it("B1 come from no line that is not in force, and from no key that is not the line's", async () => {
    const request = { publicKey: fake.deviceSigner.publicKey, serial: "FAKE-1", hardwareModel: "tm-1", now: NOW };
    const late = issueDevice({ ...request, now: fake.line.certificate.notAfter + 1 }, fake.line);
    expect((await refusal(late)).code).to.equal("CERT_NOT_IN_FORCE");
    const stranger = { certificate: fake.line.certificate, signer: fakeSigner("other-line") };
    expect((await refusal(issueDevice(request, stranger))).code).to.equal("KEY_REFUSED");
    expect((await refusal(issueDevice(request, fake.root))).code).to.equal("CERT_USAGE");
  });
});
