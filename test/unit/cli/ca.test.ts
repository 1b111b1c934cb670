// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import yargs from "yargs";
import type { OfficeStatus } from "../../../host/src/authority/status.ts";
import { ca } from "../../../host/src/cli/ca.ts";
import type { Io } from "../../../host/src/cli/io.ts";
import { newSecret } from "../../../host/src/keys/file-signer.ts";
import { memorySigner } from "../../../host/src/keys/memory-signer.ts";
import { encodeCsr } from "../../../host/src/protocol/csr.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { refusal } from "../../support/refusal.ts";

const ROOT = "the root's own passphrase";
const LINE = "the line's own passphrase";

/** A terminal that answers from lists and keeps what it was asked. */
function scripted(answers: readonly string[] = [], passphrases: readonly string[] = []) {
  const asked: string[] = [];
  const [left, secrets] = [[...answers], [...passphrases]];
  const io: Io = {
    ...quietIo(""),
    question: async (text) => {
      asked.push(text);
      return left.shift() ?? "";
    },
    passphrase: async (what) => {
      asked.push(what);
      return secrets.shift() ?? "";
    },
  };
  return { io, asked };
}

function run(name: string, args: Readonly<Record<string, unknown>>, io: Io = scripted().io) {
  const verb = ca.verbs.find(({ command }) => command.split(" ")[0] === name);
  if (!verb) throw new RangeError(name);
  return verb.handler({ days: 30, ...args }, io);
}

describe("touchmark ca", function () {
  // Each key file costs 600,000 rounds to make and to open.
  this.timeout(60_000);
  let folder: string;
  let at: (...names: string[]) => string;
  const rootFile = (): object => ({ folder: at("ca"), "passphrase-file": at("root.txt") });
  const newRoot = { organization: "FAKE Maker", name: "FAKE root", "chain-id": "31337", "manufacturer-id": "7" };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-ca-"));
    at = (...names) => join(folder, ...names);
    writeFileSync(at("root.txt"), `${ROOT}\n`);
    writeFileSync(at("line.txt"), `${LINE}\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const statusOf = async (...station: string[]): Promise<OfficeStatus> =>
    (await run("status", { folder: at("ca"), station })).json as OfficeStatus;

  it("walks an officer through init, asks for the new passphrase twice, and says what to keep where", async () => {
    const { io, asked } = scripted(["FAKE Maker", "31337", "7", ""], [ROOT, ROOT]);
    const { json, text } = await run("init", { folder: at("ca") }, io);
    expect(asked).to.have.length(6);
    expect(asked[3]).to.contain("FAKE Maker root");
    expect(json).to.include({ chainId: 31_337n, manufacturerId: 7n, key: at("ca", "root.key.pem") });
    expect(text).to.contain("Back up").and.to.contain("Keep offline").and.to.contain("Hand out");
    expect(readdirSync(at("ca"))).to.include.members(["key", "ledger.sqlite", "root.key.pem", "root.pem"]);
  });

  it("leaves nothing behind when a request is refused, and overwrites nothing", async () => {
    const { io } = scripted([], [ROOT, "another passphrase"]);
    expect((await refusal(run("init", { ...newRoot, folder: at("ca") }, io))).code).to.equal("USAGE");
    expect((await refusal(run("init", { ...newRoot, ...rootFile(), days: 41 * 366 }))).code).to.equal("CERT_PROFILE");
    expect((await refusal(run("init", { ...newRoot, ...rootFile(), "chain-id": "0" }))).code).to.equal("USAGE");
    expect(existsSync(at("ca"))).to.equal(false);
    await run("init", { ...newRoot, ...rootFile() });
    const before = readFileSync(at("ca", "root.key.pem"));
    expect((await refusal(run("init", { ...newRoot, ...rootFile() }))).code).to.equal("FILE_EXISTS");
    expect(readFileSync(at("ca", "root.key.pem"))).to.deep.equal(before);
  });

  it("B1 makes a line, certifies a unit twice with one certificate, revokes the line, and shows it all", async () => {
    await run("init", { ...newRoot, ...rootFile() });
    const lineFile = { "line-passphrase-file": at("line.txt") };
    await run("line", { ...rootFile(), ...lineFile, station: "FAKE station", units: 2, out: at("line") });
    expect(
      (await refusal(run("line", { ...rootFile(), ...lineFile, station: "F", units: 2, out: at("line") }))).code,
    ).to.equal("FILE_EXISTS");
    await run("ota", { ...rootFile(), "ota-passphrase-file": at("line.txt"), name: "FAKE releases", out: at("ota") });
    const strict = ["verify", "-x509_strict", "-CAfile", at("ca", "root.pem")];
    execFileSync("openssl", [...strict, at("line", "line.pem"), at("ota", "ota.pem")]);

    using unit = memorySigner(newSecret());
    const birth = {
      nonce: new Uint8Array(32).fill(1),
      chipId: new Uint8Array(8).fill(2),
      firmwareDigest: new Uint8Array(32).fill(3),
    };
    const subject = [{ type: "serialNumber", value: "02".repeat(8) }] as const;
    writeFileSync(
      at("unit.csr"),
      await encodeCsr({ subject, publicKey: unit.publicKey, birth }, (digest) => unit.sign(digest)),
    );
    const session = {
      nonce: "01".repeat(32),
      chip: "02".repeat(8),
      firmware: "03".repeat(32),
      serial: "FAKE-1",
      model: "tm-1",
      "model-until": "2099-12-31",
    };
    const unused = (await statusOf(at("line"))).certificates[1];
    expect(unused).to.deep.include({ role: "line", units: { issued: 0, cap: 2 } });
    expect((await refusal(statusOf(at("ota")))).code).to.equal("FILE_MISSING");
    const issue = (out: string) =>
      run("issue", {
        csr: at("unit.csr"),
        line: at("line"),
        "passphrase-file": at("line.txt"),
        ...session,
        "on-chain": false,
        out: at(out),
      });
    expect((await issue("a.pem")).json).to.include({ address: unit.address, again: false });
    expect((await issue("b.pem")).json).to.include({ again: true });
    expect(readFileSync(at("b.pem"))).to.deep.equal(readFileSync(at("a.pem")));
    execFileSync("openssl", [...strict, "-untrusted", at("line", "line.pem"), at("a.pem")]);

    const [, line] = (await statusOf(at("line"))).certificates;
    expect(line).to.deep.include({ role: "line", standing: "in force", units: { issued: 1, cap: 2 } });
    const wholly = { ...rootFile(), serial: line?.serialNumber, reason: "keyCompromise", refresh: false };
    const unsaid = await refusal(run("revoke", wholly));
    expect(unsaid).to.deep.include({ code: "USAGE" });
    expect(unsaid.data["expected"]).to.contain("--all-units");
    expect((await statusOf()).certificates[1]).to.deep.include({ standing: "in force" });
    expect(existsSync(at("ca", "crl.pem"))).to.equal(false);
    await run("revoke", {
      ...rootFile(),
      serial: line?.serialNumber,
      reason: "keyCompromise",
      block: "1234",
      refresh: false,
    });
    const after = await statusOf();
    expect(after.certificates[1]).to.deep.include({ standing: "revoked" });
    expect(after.certificates[1]?.revocation).to.include({ reason: "keyCompromise", block: 1234n });
    expect(after.crl).to.include({ number: 1n, stale: false });
    const again = run("revoke", { ...wholly, "all-units": true });
    expect((await refusal(again)).code).to.equal("LEDGER_CONFLICT");
    await run("revoke", { ...rootFile(), reason: "keyCompromise", refresh: true });
    expect((await statusOf()).crl).to.include({ number: 2n });

    writeFileSync(at("line", "crl.pem"), readFileSync(at("ca", "crl.pem")));
    expect((await refusal(issue("c.pem"))).code).to.equal("CERT_REVOKED");
  });

  it("goes on where init was killed after root.pem, or revoke before crl.pem; knows a list newer than its ledger", async () => {
    await run("init", { ...newRoot, ...rootFile() });
    // As the kill leaves it: the root's files without its row.
    const ledgerFiles = readdirSync(at("ca")).filter((name) => name.startsWith("ledger.sqlite"));
    for (const name of ledgerFiles) rmSync(at("ca", name));
    expect((await statusOf()).certificates).to.have.length(1);
    const ota = { ...rootFile(), "ota-passphrase-file": at("line.txt"), name: "FAKE releases", out: at("ota") };
    expect((await run("ota", ota)).json).to.include({ certificate: at("ota", "ota.pem") });

    const refresh = () => run("revoke", { ...rootFile(), reason: "keyCompromise", refresh: true });
    await refresh();
    const first = readFileSync(at("ca", "crl.pem"));
    await refresh();
    const second = readFileSync(at("ca", "crl.pem"));
    writeFileSync(at("ca", "crl.pem"), first);
    await statusOf();
    expect(readFileSync(at("ca", "crl.pem"))).to.deep.equal(second);
    rmSync(at("ca", "crl.pem"));
    await statusOf();
    expect(readFileSync(at("ca", "crl.pem"))).to.deep.equal(second);

    for (const name of ledgerFiles) rmSync(at("ca", name), { force: true });
    expect((await refusal(statusOf())).code).to.equal("LEDGER_CONFLICT");
    expect(readFileSync(at("ca", "crl.pem"))).to.deep.equal(second);
  });

  it("opens nothing with a wrong passphrase and takes none as an argument", async () => {
    await run("init", { ...newRoot, ...rootFile() });
    const wrong = { ...rootFile(), "passphrase-file": at("line.txt"), refresh: true, reason: "superseded" };
    expect((await refusal(run("revoke", wrong))).code).to.equal("KEY_LOCKED");
    expect(existsSync(at("ca", "crl.pem"))).to.equal(false);
    for (const { command, builder } of ca.verbs) {
      const help = await builder(yargs([])).getHelp();
      const options = help.match(/--[a-z-]*passphrase[a-z-]*/g) ?? [];
      expect(
        options.filter((option) => !/-(file|env)$/.test(option)),
        command,
      ).to.deep.equal([]);
      expect(help, command).to.contain("Examples:");
    }
  });

  it("A17 tells no passphrase and no key, in results or in its files", async () => {
    const { text, json } = await run("init", { ...newRoot, ...rootFile() });
    const said = `${text}${JSON.stringify(json, (_name, value: unknown) => (typeof value === "bigint" ? `${value}` : value))}`;
    const files = readdirSync(at("ca")).map((name) => readFileSync(at("ca", name), "latin1"));
    for (const where of [said, ...files]) expect(where).not.to.contain(ROOT);
  });
});
