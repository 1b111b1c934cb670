// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { issueDevice } from "../../../host/src/authority/issue-device.ts";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { isImei } from "../../../host/src/ledger/imei.ts";
import { Ledger } from "../../../host/src/ledger/ledger.ts";
import type { NewUnit } from "../../../host/src/ledger/units.ts";
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { addressOf, publicKeyOf } from "../../../host/src/protocol/secp256k1.ts";
import { type FakeAuthority, fakeAuthority, NOW } from "../../support/fake-authority.ts";
import { verdict } from "../../support/refusal.ts";

const ZERO = `0x${"0".repeat(40)}`;

describe("ledger", () => {
  let fake: FakeAuthority;
  let folder: string;
  let ledger: Ledger;
  before(async () => {
    fake = await fakeAuthority();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-ledger-"));
    ledger = new Ledger(join(folder, "ledger.sqlite"));
    ledger.transaction(() => {
      ledger.certificates.add("root", fake.root.certificate, fake.root.certificate, NOW);
      ledger.certificates.add("line", fake.line.certificate, fake.root.certificate, NOW);
    });
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  async function unit(number: number): Promise<NewUnit> {
    const publicKey = publicKeyOf(newSecret());
    const serial = `FAKE-${number}`;
    const issued = await issueDevice({ publicKey, serial, hardwareModel: "tm-1", now: NOW }, fake.line);
    ledger.certificates.add("device", issued, fake.line.certificate, NOW);
    return {
      chipId: number.toString(16).padStart(16, "0"),
      address: addressOf(publicKey),
      serial,
      hardwareModel: "tm-1",
      certificateSerial: toHex(issued.serialNumber),
      line: toHex(fake.line.certificate.serialNumber),
      createdAt: NOW,
    };
  }

  it("writes ahead, and waits for the disk at every commit", () => {
    expect(ledger.durability).to.deep.equal({ journal: "wal", synchronous: 2 });
  });

  it("finds a unit by chip, address, serial number and IMEI, also when opened again", async () => {
    const row = { ...(await unit(1)), imei: "490154203237518" };
    ledger.units.add(row);
    ledger.close();
    ledger = new Ledger(join(folder, "ledger.sqlite"));
    for (const found of [
      ledger.units.byChip(row.chipId),
      ledger.units.byAddress(row.address),
      ledger.units.bySerial(row.serial),
      ledger.units.byImei(row.imei),
    ])
      expect(found).to.include({ chipId: row.chipId, address: row.address, serial: row.serial, state: "issued" });
    expect(ledger.units.countOfLine(row.line)).to.equal(1);
    expect(ledger.units.byChip("ffffffffffffffff")).to.equal(undefined);
  });

  it("A4 refuses a second row of a chip, an address, a serial number, an IMEI or a certificate", async () => {
    const first = { ...(await unit(1)), imei: "490154203237518" };
    ledger.units.add(first);
    const second = { ...(await unit(2)), imei: "356938035643809" };
    for (const name of ["chipId", "address", "serial", "imei", "certificateSerial"] as const)
      expect(
        verdict(() => ledger.units.add({ ...second, [name]: first[name] })),
        name,
      ).to.equal("LEDGER_CONFLICT");
    ledger.units.add(second);
    expect(ledger.units.all()).to.have.length(2);
  });

  it("refuses the zero address, an empty serial number, a wrong IMEI and a certificate it does not hold", async () => {
    const row = await unit(1);
    expect(verdict(() => ledger.units.add({ ...row, address: ZERO }))).to.equal("LEDGER_FIELD");
    expect(verdict(() => ledger.units.add({ ...row, serial: "" }))).to.equal("LEDGER_FIELD");
    expect(verdict(() => ledger.units.add({ ...row, imei: "490154203237519" }))).to.equal("LEDGER_FIELD");
    expect(verdict(() => ledger.units.add({ ...row, certificateSerial: "00" }))).to.equal("LEDGER_FIELD");
    expect(ledger.units.all()).to.deep.equal([]);
  });

  it("B5 refuses a certificate serial number that is taken", () => {
    const again = () => ledger.certificates.add("line", fake.line.certificate, fake.root.certificate, NOW);
    expect(verdict(again)).to.equal("LEDGER_CONFLICT");
    ledger.certificates.adopt("line", fake.line.certificate, fake.root.certificate, NOW);
    const forged = { ...fake.ota, serialNumber: fake.line.certificate.serialNumber };
    expect(verdict(() => ledger.certificates.adopt("ota", forged, fake.root.certificate, NOW))).to.equal(
      "LEDGER_CONFLICT",
    );
  });

  it("moves a unit forward only, and keeps each step as an event that nobody changes", async () => {
    const row = await unit(1);
    ledger.units.add(row);
    ledger.units.advance(row.chipId, "enrolled", NOW + 1);
    ledger.units.advance(row.chipId, "enrolled", NOW + 2);
    ledger.units.advance(row.chipId, "registered", NOW + 3, { tokenId: 42n });
    expect(verdict(() => ledger.units.advance(row.chipId, "verified", NOW + 4))).to.equal("LEDGER_CONFLICT");
    expect(verdict(() => ledger.units.advance(row.chipId, "locked", NOW + 4, { tokenId: 43n }))).to.equal(
      "LEDGER_CONFLICT",
    );
    expect(verdict(() => ledger.units.advance("ffffffffffffffff", "locked", NOW))).to.equal("LEDGER_CONFLICT");
    expect(ledger.units.byChip(row.chipId)).to.include({ state: "registered", tokenId: 42n, updatedAt: NOW + 3 });
    expect(ledger.events.of(row.chipId).map(({ what }) => what)).to.deep.equal(["issued", "enrolled", "registered"]);
    const raw = new DatabaseSync(join(folder, "ledger.sqlite"));
    expect(() => raw.exec("DELETE FROM events")).to.throw("never deleted");
    expect(() => raw.exec("UPDATE events SET what = ''")).to.throw("never changed");
    raw.close();
  });

  it("writes all of a transaction or nothing", async () => {
    const row = await unit(1);
    expect(() =>
      ledger.transaction(() => {
        ledger.units.add(row);
        throw new Error("cut");
      }),
    ).to.throw("cut");
    expect(ledger.units.byChip(row.chipId)).to.equal(undefined);
    expect(ledger.events.of(row.chipId)).to.deep.equal([]);
  });

  it("refuses at its commit a certificate whose issuer it does not hold, by name", () => {
    using empty = new Ledger(join(folder, "empty.sqlite"));
    const orphan = () => empty.certificates.add("line", fake.line.certificate, fake.root.certificate, NOW);
    expect(verdict(() => empty.transaction(orphan))).to.equal("LEDGER_FIELD");
    expect(empty.certificates.ofRole("line")).to.deep.equal([]);
  });

  it("revokes a line or OTA signer once, and nothing that is revoked on chain", () => {
    const { serialNumber } = fake.line.certificate;
    const entry = { serialNumber, revokedAt: NOW + 5, reason: "keyCompromise", block: 1234n } as const;
    ledger.certificates.revoke(entry);
    expect(ledger.certificates.revocations()).to.deep.equal([entry]);
    expect(verdict(() => ledger.certificates.revoke(entry))).to.equal("LEDGER_CONFLICT");
    const root = { ...entry, serialNumber: fake.root.certificate.serialNumber };
    expect(verdict(() => ledger.certificates.revoke(root))).to.equal("LEDGER_FIELD");
  });

  it("knows an IMEI by its check digit", () => {
    expect(["490154203237518", "356938035643809"].every(isImei)).to.equal(true);
    expect(["490154203237519", "49015420323751", "49015420323751x", ""].some(isImei)).to.equal(false);
  });
});
