// SPDX-License-Identifier: Apache-2.0
// Each verb that issues or revokes, killed at every step by which it changes the disk, then run again as it was: it
// ends, with one key, one serial number and one row, and nothing that was on a disk is lost.
import { spawnSync } from "node:child_process";
import crypto from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import type { OfficeStatus } from "../../host/src/authority/status.ts";
import { ca } from "../../host/src/cli/ca.ts";
import { newSecret, openKeyFile } from "../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../host/src/keys/memory-signer.ts";
import { Ledger } from "../../host/src/ledger/ledger.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { decodeCertificate } from "../../host/src/protocol/certificate.ts";
import type { Role } from "../../host/src/protocol/certificate-role.ts";
import { decodeCrl } from "../../host/src/protocol/crl.ts";
import { encodeCsr } from "../../host/src/protocol/csr.ts";
import { decodeOnePem } from "../../host/src/protocol/pem.ts";
import { killed } from "../support/kills.ts";
import { quietIo } from "../support/quiet-io.ts";
import { randomFrom, seedOfRun } from "../support/random.ts";
import { refusal } from "../support/refusal.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const KILL_AT = join(import.meta.dirname, "../support/kill-at.ts");
const MAIN = join(import.meta.dirname, "../../host/src/cli/main.ts");
const PASSPHRASE = "a passphrase of the test";

const silent = quietIo(PASSPHRASE);

async function run(name: string, args: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const verb = ca.verbs.find(({ command }) => command.split(" ")[0] === name);
  if (!verb) throw new RangeError(name);
  return (await verb.handler({ days: 30, ...args }, silent)).json as Readonly<Record<string, unknown>>;
}

describe("an office that is killed", function () {
  this.timeout(120_000);
  const { pbkdf2 } = crypto;
  let folder: TemporaryFolder;
  /** An office with a line and a unit's CSR. */
  let template: string;
  let at: (...names: string[]) => string;

  before(async () => {
    // Deriving a key from a passphrase writes nothing: one round instead of 600,000, for hundreds of keys.
    crypto.pbkdf2 = (passphrase, salt, _rounds, length, digest, done) =>
      pbkdf2(passphrase, salt, 1, length, digest, done);
    syncBuiltinESMExports();
    folder = new TemporaryFolder();
    template = folder.join("template");
    at = (...names) => folder.join("work", ...names);
    at = (
      (work) =>
      (...names: string[]) =>
        join(work(), ...names)
    )(() => template);
    await run("init", root());
    await run("revoke", { folder: at("ca"), reason: "superseded", refresh: true });
    await run("line", { ...line(), out: at("line") });
    await writeCsr();
    at = (...names) => folder.join("work", ...names);
  });
  after(() => {
    crypto.pbkdf2 = pbkdf2;
    syncBuiltinESMExports();
    folder[Symbol.dispose]();
  });

  const root = () => ({
    folder: at("ca"),
    organization: "FAKE Maker",
    name: "FAKE root",
    "chain-id": "31337",
    "manufacturer-id": "7",
    days: 7300,
  });
  const line = () => ({ folder: at("ca"), station: "FAKE station", units: 9, out: at("new") });
  const ota = () => ({ folder: at("ca"), name: "FAKE releases", days: 365, out: at("new") });
  const session = {
    nonce: "01".repeat(32),
    chip: "02".repeat(8),
    firmware: "03".repeat(32),
    serial: "FAKE-1",
    model: "tm-1",
    "model-until": "2099-12-31",
    "on-chain": false,
  };
  const issue = () => ({ csr: at("unit.csr"), line: at("line"), ...session, out: at("unit.pem") });

  async function writeCsr(): Promise<void> {
    using unit = memorySigner(newSecret());
    const [nonce, chipId, firmwareDigest] = [32, 8, 32].map((length, index) => new Uint8Array(length).fill(index + 1));
    if (!nonce || !chipId || !firmwareDigest) throw new RangeError();
    const subject = [{ type: "serialNumber", value: "02".repeat(8) }] as const;
    const parts = { subject, publicKey: unit.publicKey, birth: { nonce, chipId, firmwareDigest } };
    writeFileSync(at("unit.csr"), await encodeCsr(parts, (digest) => unit.sign(digest)));
  }

  const certificateIn = (path: string) => decodeOnePem("CERTIFICATE", readFileSync(path, "utf8"));
  const rows = (ledger: string, role: Role) => {
    using opened = new Ledger(ledger);
    return opened.certificates.ofRole(role);
  };
  /** Every file's bytes by its path; of ledgers none. */
  function contents(): Map<string, string> {
    const names = existsSync(at()) ? readdirSync(at(), { recursive: true }).map(String) : [];
    const files = names.filter((name) => statSync(at(name)).isFile() && !/\.sqlite|\.next$/.test(name));
    return new Map(files.map((name) => [name, readFileSync(at(name), "latin1")]));
  }
  /** Key and certificate of a folder are a pair, for its owner alone; nothing else is left of any run. */
  async function expectWhole(where: string, key: string, certificate: string): Promise<void> {
    using signer = await openKeyFile(at(where, key), PASSPHRASE);
    expect(toHex(decodeCertificate(certificateIn(at(where, certificate))).publicKey)).to.equal(toHex(signer.publicKey));
    expect(statSync(at(where, key)).mode & 0o777).to.equal(0o600);
    expect(readdirSync(at(where)).filter((name) => name.endsWith(".next"))).to.deep.equal([]);
  }

  /**
   * @param isEmpty without the template's office
   * @param look after the kill @param check after the second run
   */
  async function atEveryStep(
    name: string,
    args: () => Readonly<Record<string, unknown>>,
    check: (step: number) => Promise<void> | void,
    { isEmpty = false, look = () => undefined }: { isEmpty?: boolean; look?: (step: number) => void } = {},
  ): Promise<void> {
    for (let step = 1; ; step++) {
      rmSync(at(), { recursive: true, force: true });
      if (!isEmpty) cpSync(template, at(), { recursive: true });
      if (!(await killed(step, () => run(name, args())))) {
        console.log(`      touchmark ca ${name}: killed at each of ${step - 1} steps`);
        expect(step).to.be.greaterThan(15);
        return;
      }
      const left = contents();
      look(step);
      await run(name, args());
      // Whatever a kill has left under its own name stays as it is, but for the list, which only grows.
      const now = contents();
      for (const [file, bytes] of left)
        if (!file.endsWith("crl.pem")) expect(now.get(file) === bytes, `${name} ${step}: ${file}`).to.equal(true);
      await check(step);
    }
  }

  it("B5 A16 in ca init has one root with its key", async () => {
    await atEveryStep(
      "init",
      root,
      async (step) => {
        await expectWhole("ca", "root.key.pem", "root.pem");
        const found = rows(at("ca", "ledger.sqlite"), "root");
        expect(
          found.map(({ der }) => toHex(der)),
          `step ${step}`,
        ).to.deep.equal([toHex(certificateIn(at("ca", "root.pem")))]);
        if (step % 8 === 1) expect((await refusal(run("init", root()))).code).to.equal("FILE_EXISTS");
      },
      { isEmpty: true },
    );
  });

  for (const [role, key, args] of [
    ["line", "line.key.pem", line],
    ["ota", "ota.key.pem", ota],
  ] as const)
    it(`B5 A16 in ca ${role} has one certificate with its key, and no certificate without its row`, async () => {
      const known = new Set(rows(join(template, "ca", "ledger.sqlite"), role).map(({ serialNumber }) => serialNumber));
      const issued = () => rows(at("ca", "ledger.sqlite"), role).filter((row) => !known.has(row.serialNumber));
      const file = () => at("new", `${role}.pem`);
      await atEveryStep(
        role,
        args,
        async (step) => {
          await expectWhole("new", key, `${role}.pem`);
          expect(
            issued().map(({ der }) => toHex(der)),
            `step ${step}`,
          ).to.deep.equal([toHex(certificateIn(file()))]);
          if (step % 8 !== 1) return;
          expect((await refusal(run(role, args()))).code).to.equal("FILE_EXISTS");
          const status = await run("status", { folder: at("ca"), station: [] });
          expect(status["advice"]).to.deep.equal([]);
        },
        {
          look: () => {
            // A row's key is on the disk, and a file's row in the ledger.
            const [row, ...more] = issued();
            expect(more).to.deep.equal([]);
            if (row) expect(existsSync(at("new", key))).to.equal(true);
            if (!existsSync(file())) return;
            expect(toHex(certificateIn(file()))).to.equal(toHex(row?.der ?? new Uint8Array()));
            if (role === "line") expect(existsSync(at("new", "crl.pem"))).to.equal(true);
          },
        },
      );
    });

  it("A16 in ca issue gives one certificate to the unit", async () => {
    await atEveryStep("issue", issue, (step) => {
      const found = rows(at("line", "ledger.sqlite"), "device");
      expect(
        found.map(({ der }) => toHex(der)),
        `step ${step}`,
      ).to.deep.equal([toHex(certificateIn(at("unit.pem")))]);
    });
  });

  it("B1 in ca revoke has one list that says it, in ledger and file", async () => {
    const serial = rows(join(template, "ca", "ledger.sqlite"), "line")[0]?.serialNumber;
    const args = () => ({ folder: at("ca"), serial, reason: "keyCompromise", block: "1234", refresh: false });
    const list = () => decodeCrl(decodeOnePem("X509 CRL", readFileSync(at("ca", "crl.pem"), "utf8")));
    await atEveryStep("revoke", args, (step) => {
      expect(list().number, `step ${step}`).to.equal(2n);
      expect(list().revocations).to.have.length(1);
      using ledger = new Ledger(at("ca", "ledger.sqlite"));
      expect(ledger.lists.nextNumber()).to.equal(3n);
      expect(toHex(ledger.lists.latest() ?? new Uint8Array())).to.equal(toHex(list().der));
    });
  });

  it("B5 says what a run has left that no other takes up", async () => {
    const status = async () => (await run("status", { folder: at("ca"), station: [] })) as unknown as OfficeStatus;
    const begun = async () => (await status()).certificates.filter((each) => each.unfinished !== undefined);
    const revoke = (serial: string | undefined, reason: string) =>
      run("revoke", { folder: at("ca"), serial, reason, "all-units": true, refresh: false });
    rmSync(at(), { recursive: true, force: true });
    cpSync(template, at(), { recursive: true });
    for (let step = 1; (await begun()).length === 0; step++) {
      rmSync(at("new"), { recursive: true, force: true });
      await killed(step, () => run("line", line()));
    }
    const [first] = await begun();
    expect(first).to.include({ role: "line", standing: "in force", unfinished: at("new") });
    expect((await status()).advice[0])
      .to.contain(at("new"))
      .and.to.contain(first?.serialNumber);
    const other = await refusal(run("line", { ...line(), units: 10 }));
    expect(other).to.deep.include({ code: "LEDGER_CONFLICT" });
    expect(other.data).to.deep.include({ serialNumber: first?.serialNumber, differs: ["units"] });

    // Its folder is lost, and its key with it.
    rmSync(at("new"), { recursive: true });
    const second = await run("line", line());
    expect(second["abandoned"]).to.deep.equal([first?.serialNumber]);
    expect(await begun()).to.deep.equal([]);
    expect((await refusal(run("line", line()))).code).to.equal("FILE_EXISTS");

    // A key whose certificate was moved away is not certified again by chance, a compromised one not at all.
    rmSync(at("new", "line.pem"));
    const again = await refusal(run("line", line()));
    expect(again).to.deep.include({ code: "FILE_EXISTS", data: { path: at("new", "line.key.pem") } });
    await revoke(String(second["serialNumber"]), "keyCompromise");
    expect((await refusal(run("line", line()))).code).to.equal("KEY_REFUSED");
    await revoke(first?.serialNumber, "cessationOfOperation");
    new Ledger(at("line", "ledger.sqlite")).close();
    const advice = (await run("status", { folder: at("ca"), station: [at("line")] }))["advice"];
    expect(advice).to.deep.equal([`hand crl.pem out to ${at("line")}: it has list 1, in force is 3`]);
  });

  it("A16 by SIGKILL, in a process of its own, leaves no more", async () => {
    const seed = seedOfRun();
    // Fewer than there are, each of which the test above has counted.
    const step = 1 + Math.floor(30 * randomFrom(seed)());
    console.log(`      TOUCHMARK_SEED=${seed}: step ${step}`);
    rmSync(at(), { recursive: true, force: true });
    const words = Object.entries({ ...root(), "passphrase-env": "FAKE" }).map(([name, value]) => `--${name}=${value}`);
    const call = (env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, ["--import", KILL_AT, MAIN, "ca", "init", ...words], {
        env: { ...process.env, FAKE: PASSPHRASE, ...env },
      });
    expect(call({ TOUCHMARK_KILL_AT: `${step}` }).signal).to.equal("SIGKILL");
    expect(call({}).status).to.equal(0);
    // A file of a real number of rounds.
    crypto.pbkdf2 = pbkdf2;
    syncBuiltinESMExports();
    await expectWhole("ca", "root.key.pem", "root.pem");
    expect(rows(at("ca", "ledger.sqlite"), "root")).to.have.length(1);
  });
});
