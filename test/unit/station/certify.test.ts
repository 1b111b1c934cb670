// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { CsrSession } from "../../../host/src/authority/check-csr.ts";
import { verifyChain } from "../../../host/src/authority/verify-chain.ts";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { type MemorySigner, memorySigner } from "../../../host/src/keys/memory-signer.ts";
import { Ledger } from "../../../host/src/ledger/ledger.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { encodeCsr } from "../../../host/src/protocol/csr.ts";
import { encodeMintingCertificate } from "../../../host/src/protocol/minting-certificate.ts";
import { mintingTests, type TestResult } from "../../../host/src/protocol/minting-record.ts";
import { certifyUnit } from "../../../host/src/station/certify.ts";
import { type Line, openLine } from "../../../host/src/station/line.ts";
import { verifyMinting } from "../../../host/src/verify/minting.ts";
import { type FakeAuthority, fakeAuthority, NOW } from "../../support/fake-authority.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { refusal, verdict } from "../../support/refusal.ts";

describe("certifying a unit", () => {
  let fake: FakeAuthority;
  let folder: string;
  let ledger: Ledger;
  let line: Line;
  before(async () => {
    fake = await fakeAuthority({ units: 3 });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-certify-"));
    ledger = new Ledger(join(folder, "ledger.sqlite"));
    line = openLine([fake.line.certificate.der, fake.root.certificate.der], fake.line.signer, ledger, NOW);
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  interface Unit {
    readonly signer: MemorySigner;
    readonly session: CsrSession;
  }

  function unit(serial: string): Unit {
    const signer = memorySigner(newSecret());
    const random = (length: number) => Uint8Array.from(randomBytes(length));
    const bound = { nonce: random(32), chipId: random(8), firmwareDigest: random(32) };
    return { signer, session: { ...bound, publicKey: signer.publicKey, serial, hardwareModel: "tm-1" } };
  }

  async function certify(
    { signer, session }: Unit,
    onChain = false,
    tests: readonly TestResult[] = [],
    modelValidUntil: bigint | undefined = BigInt(NOW) + 1000n,
  ) {
    const subject = [{ type: "serialNumber", value: toHex(session.chipId) }] as const;
    const csr = await encodeCsr({ subject, publicKey: signer.publicKey, birth: session }, (digest) =>
      signer.sign(digest),
    );
    return certifyUnit({ csr, session, onChain, tests, modelValidUntil, now: NOW + 60 }, line, ledger);
  }

  it("gives a certificate that verifies, with its row in the ledger", async () => {
    const one = unit("FAKE-1");
    const { certificate, address, again } = await certify(one);
    const path = [certificate, fake.line.certificate.der, fake.root.certificate.der];
    expect(verifyChain("device", path).address).to.equal(address);
    expect(again).to.equal(false);
    expect(ledger.units.byAddress(address)).to.deep.include({ serial: "FAKE-1", certificate, state: "issued" });
  });

  it("refuses a model whose certificate the chain does not have or that has ended, says why, and keeps no row", async () => {
    for (const [validUntil, why] of [
      [0n, "never certified, withdrawn, or of a former application"],
      [BigInt(NOW) + 60n, "the certificate has ended"],
    ] as const) {
      const error = await refusal(certify(unit("A1"), false, [], validUntil));
      expect(error.code).to.equal("MODEL_NOT_CERTIFIED");
      expect(error.data).to.deep.equal({ model: "tm-1", why, validUntil });
    }
    expect(ledger.units.bySerial("A1")).to.equal(undefined);
  });

  it("signs a minting record with the certificate, in one transaction, that tells no IMEI", async () => {
    const one = unit("FAKE-1");
    const tests = mintingTests.map((test, at) => ({ test, passed: true, report: new Uint8Array(32).fill(at) }));
    const session = { ...one.session, imei: "490154203237518" };
    const { certificate: device } = await certify({ ...one, session }, false, tests);
    const minting = ledger.mintings.of(toHex(session.chipId));
    const published = {
      record: minting?.record ?? device,
      salt: minting?.salt ?? device,
      device,
      line: line.certificate.der,
    };
    const imei = { imei: session.imei, salt: minting?.imeiSalt ?? device };
    const minted = verifyMinting(published, { root: line.root.der, imei });
    expect(minted).to.include({ serial: "FAKE-1", date: NOW + 60 });
    expect(minted.firmwareDigest).to.deep.equal(session.firmwareDigest);
    const file = Buffer.from(encodeMintingCertificate(published));
    expect(file.includes(session.imei)).to.equal(false);
    expect(file.includes(Buffer.from(imei.salt))).to.equal(false);
  });

  it("A16 gives the same certificate again to a unit that never got it, on chain or not", async () => {
    const one = unit("FAKE-1");
    const first = await certify(one);
    const nonce = Uint8Array.from(randomBytes(32));
    const later = await certify({ ...one, session: { ...one.session, nonce } }, true);
    expect(later).to.deep.equal({ ...first, again: true });
    expect(ledger.certificates.ofRole("device")).to.have.length(1);
  });

  it("B1 stops at the line's cap, also for ports that sign at the same time, but serves its units again", async () => {
    const units = ["1", "2", "3", "4", "5"].map((number) => unit(`FAKE-${number}`));
    const outcomes = await Promise.allSettled(units.map((one) => certify(one)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(refused).to.deep.equal(["LINE_EXHAUSTED", "LINE_EXHAUSTED"]);
    expect(ledger.units.all()).to.have.length(3);
    expect(ledger.certificates.ofRole("device")).to.have.length(3);
    const [served] = units;
    expect(served && (await certify(served)).again).to.equal(true);
  });

  it("A4 refuses a clone: the key of one chip in another", async () => {
    const one = unit("FAKE-1");
    await certify(one);
    const chipId = Uint8Array.from(randomBytes(8));
    const clone = { ...one, session: { ...one.session, chipId, serial: "FAKE-2" } };
    expect((await refusal(certify(clone))).code).to.equal("ADDRESS_TAKEN");
    expect(ledger.units.all()).to.have.length(1);
  });

  it("A17 leaves no secret in the ledger's file", async () => {
    const secret = newSecret();
    const kept = Buffer.from(secret);
    const one = unit("FAKE-1");
    await certify({
      ...one,
      signer: memorySigner(secret),
      session: { ...one.session, publicKey: memorySigner(Uint8Array.from(kept)).publicKey },
    });
    ledger.close();
    const { readFileSync, readdirSync } = await import("node:fs");
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, file));
      expect(bytes.includes(kept), file).to.equal(false);
      expect(bytes.includes(Buffer.from(kept.toString("hex"))), file).to.equal(false);
    }
  });

  it("B1 opens no line with another's key, of another root, or out of its time", () => {
    const path = [fake.line.certificate.der, fake.root.certificate.der] as const;
    const open = (signer = fake.line.signer, now = NOW, rootHash = new Uint8Array(32)) =>
      verdict(() => openLine(path, signer, ledger, now, rootHash.some(Boolean) ? { rootHash } : {}));
    expect(open()).to.equal("ok");
    expect(open(fakeSigner("other-line"))).to.equal("KEY_REFUSED");
    expect(open(undefined, NOW - 1)).to.equal("CERT_NOT_IN_FORCE");
    expect(open(undefined, fake.line.certificate.notAfter + 1)).to.equal("CERT_NOT_IN_FORCE");
    expect(open(undefined, NOW, new Uint8Array(32).fill(1))).to.equal("ROOT_MISMATCH");
  });
});
