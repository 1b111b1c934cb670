// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import fc from "fast-check";
import { type CsrSession, checkCsr, type LedgerView } from "../../../host/src/authority/check-csr.ts";
import type { Signer } from "../../../host/src/keys/signer.ts";
import { encodeCsr } from "../../../host/src/protocol/csr.ts";
import { limits } from "../../../host/src/protocol/generated.ts";
import { normalizeLowS } from "../../../host/src/protocol/secp256k1.ts";
import { fakeSigner } from "../../support/fake-keys.ts";
import { OpensslFolder } from "../../support/openssl.ts";

const signer = fakeSigner("device");
const session: CsrSession = {
  nonce: new Uint8Array(32).fill(1),
  chipId: Uint8Array.of(0xc0, 0xff, 0xee, 0, 0, 0, 0, 1),
  firmwareDigest: new Uint8Array(32).fill(2),
  publicKey: signer.publicKey,
  serial: "FAKE-0001",
  hardwareModel: "tm-1",
};
const chipId = "c0ffee0000000001";
const row = {
  chipId,
  address: signer.address,
  serial: "FAKE-0001",
  hardwareModel: "tm-1",
  certificate: Uint8Array.of(0x30, 0x00),
};
const empty: LedgerView = { onChain: false };

function csr(changes: Partial<CsrSession> & { subject?: string } = {}, by: Signer = signer): Promise<Uint8Array> {
  const { nonce, chipId: chip, firmwareDigest, publicKey } = { ...session, ...changes };
  const subject = [{ type: "serialNumber", value: changes.subject ?? chipId }] as const;
  return encodeCsr({ subject, publicKey, birth: { nonce, chipId: chip, firmwareDigest } }, (digest) => by.sign(digest));
}

function codeOf(der: Uint8Array, view: LedgerView = empty, given: CsrSession = session): string {
  const verdict = checkCsr(der, given, view);
  return verdict.verdict === "refuse" ? verdict.error.code : verdict.verdict;
}

describe("the CA's policy over CSRs", () => {
  it("issues for a new key that the session's unit signed for, which OpenSSL reads and verifies too", async () => {
    const der = await csr();
    expect(checkCsr(der, session, empty)).to.deep.equal({
      verdict: "issue",
      publicKey: signer.publicKey,
      address: signer.address,
    });
    expect(der.length).to.be.at.most(limits.csrBytes);
    using openssl = new OpensslFolder();
    const path = openssl.put("unit.csr", "CERTIFICATE REQUEST", der);
    const { output } = openssl.run("req", "-in", path, "-noout", "-verify", "-subject");
    expect(output).to.contain("verify OK").and.to.contain(`serialNumber = ${chipId}`);
  });

  it("gives the row's certificate again to the same chip and key, also once it is on chain", async () => {
    const der = await csr();
    const view = { byChip: row, byAddress: row, bySerial: row, onChain: true };
    expect(checkCsr(der, session, view)).to.deep.equal({
      verdict: "again",
      certificate: row.certificate,
      address: signer.address,
    });
  });

  it("A1 refuses a key that did not sign, and a key that is not the one begin named", async () => {
    expect(codeOf(await csr({}, fakeSigner("other-device")))).to.equal("CSR_SIGNATURE");
    const other = fakeSigner("other-device");
    expect(codeOf(await csr({ publicKey: other.publicKey }, other))).to.equal("CSR_BINDING");
  });

  it("A8 refuses another session's nonce, another chip's id, another firmware and another subject", async () => {
    const changes = [
      { nonce: new Uint8Array(32) },
      { chipId: new Uint8Array(8) },
      { firmwareDigest: new Uint8Array(32) },
      { subject: "c0ffee0000000002" },
    ];
    for (const change of changes) expect(codeOf(await csr(change)), Object.keys(change)[0]).to.equal("CSR_BINDING");
  });

  it("A4 refuses an address of another chip, in the ledger or on chain, and a second key of one chip", async () => {
    const der = await csr();
    const stranger = { ...row, chipId: "c0ffee0000000002", serial: "FAKE-0002" };
    expect(codeOf(der, { byAddress: stranger, onChain: false })).to.equal("ADDRESS_TAKEN");
    expect(codeOf(der, { onChain: true })).to.equal("ADDRESS_TAKEN");
    const earlier = { ...row, address: fakeSigner("other-device").address };
    expect(codeOf(der, { byChip: earlier, onChain: false })).to.equal("LEDGER_CONFLICT");
  });

  it("refuses a serial number or IMEI of another unit, and another one for this unit", async () => {
    const der = await csr();
    const stranger = { ...row, chipId: "c0ffee0000000002" };
    expect(codeOf(der, { bySerial: stranger, onChain: false })).to.equal("SERIAL_TAKEN");
    expect(codeOf(der, { byImei: stranger, onChain: false })).to.equal("SERIAL_TAKEN");
    for (const change of [{ serial: "FAKE-9" }, { hardwareModel: "tm-2" }, { imei: "490154203237518" }])
      expect(codeOf(der, { byChip: row, byAddress: row, onChain: false }, { ...session, ...change })).to.equal(
        "LEDGER_CONFLICT",
      );
  });

  it("takes a high s, which other tools give", async () => {
    const high = await encodeCsr(
      { subject: [{ type: "serialNumber", value: chipId }], publicKey: signer.publicKey, birth: session },
      async (digest) => {
        const low = await signer.sign(digest);
        const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
        const s = order - BigInt(`0x${Buffer.from(low.subarray(32)).toString("hex")}`);
        const flipped = Uint8Array.of(...low.subarray(0, 32), ...Buffer.from(s.toString(16).padStart(64, "0"), "hex"));
        expect(normalizeLowS(flipped)).to.deep.equal(low);
        return flipped;
      },
    );
    expect(codeOf(high)).to.equal("issue");
  });

  it("B9 refuses every truncation, every appended byte and every single bit flipped", async () => {
    const der = await csr();
    for (let length = 0; length < der.length; length += 1)
      expect(codeOf(der.subarray(0, length)), `${length} bytes`).to.equal("CSR_NOT_DER");
    expect(codeOf(Uint8Array.of(...der, 0))).to.equal("CSR_NOT_DER");
    for (let bit = 0; bit < der.length * 8; bit += 7) {
      const flipped = Uint8Array.from(der);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(codeOf(flipped), `bit ${bit}`).to.be.oneOf(["CSR_NOT_DER", "CSR_SIGNATURE"]);
    }
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => codeOf(bytes) === "CSR_NOT_DER"),
      { numRuns: 500 },
    );
  });
});
