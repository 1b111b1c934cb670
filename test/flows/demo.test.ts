// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { buildApp, buildBootloader } from "../../host/src/demo/firmware.ts";
import type { DemoReport } from "../../host/src/demo/report.ts";
import { decodeCertificate } from "../../host/src/protocol/certificate.ts";
import { decodeOnePem } from "../../host/src/protocol/pem.ts";
import { addressOf } from "../../host/src/protocol/secp256k1.ts";
import { OpensslFolder } from "../support/openssl.ts";
import { describeOnPorts } from "../support/ports.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const MAIN = new URL("../../host/src/cli/main.ts", import.meta.url).pathname;

const REFUSED: Readonly<Record<string, string>> = {
  "tampered-image": "IMAGE_DIGEST_MISMATCH",
  "not-announced": "RELEASE_NOT_ANNOUNCED",
  "release-withdrawn": "RELEASE_WITHDRAWN",
  "license-suspended": "LICENSE_SUSPENDED",
  "old-proof": "BLOCK_BELOW_FLOOR",
  "too-few-witnesses": "WITNESS_QUORUM",
  "wrong-device-class": "CLASS_MISMATCH",
  "rolled-back": "SEQUENCE_ROLLBACK",
};

interface Running {
  readonly child: ChildProcess;
  readonly stdout: string[];
  readonly stderr: string[];
  readonly exited: Promise<number | null>;
}

function start(folder: string, ...options: readonly string[]): Running {
  const child = spawn(process.execPath, [MAIN, "demo", "--folder", folder, ...options]);
  const running = { child, stdout: [] as string[], stderr: [] as string[] };
  child.stdout.on("data", (bytes: Buffer) => running.stdout.push(bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => running.stderr.push(bytes.toString()));
  const exited = new Promise<number | null>((resolve) => void child.once("exit", resolve));
  return { ...running, exited };
}

/** What a verb says with --json. */
function answerOf(...words: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words, "--json"], { encoding: "utf8" });
  expect(status, `${words.join(" ")}: ${stderr}`).to.equal(0);
  return JSON.parse(stdout);
}

/** Process ids whose parent is this one. */
function childrenOf(parent: number | undefined): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describeOnPorts("touchmark demo", function (port) {
  this.timeout(600_000);
  const folder = new TemporaryFolder();
  let said = "";
  let pids: readonly number[] = [];

  before(async () => {
    const { exited, stdout, stderr } = start(folder.path, "--keep", "--port", port);
    expect(await exited, stderr.join("") + stdout.join("")).to.equal(0);
    said = stdout.join("");
    pids = /kill (\d+) (\d+)/.exec(said)?.slice(1).map(Number) ?? [];
  });
  after(() => {
    for (const pid of pids) process.kill(pid, "SIGKILL");
    folder[Symbol.dispose]();
  });

  it("takes a machine from nothing to a licensed unit that refuses eight bad releases, each by its code", () => {
    const report = JSON.parse(readFileSync(folder.join("report.json"), "utf8")) as DemoReport;
    expect(report.steps.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(Object.fromEntries(report.refused.map(({ case: name, code }) => [name, code]))).to.deep.equal(REFUSED);
    expect(report.device.version).to.equal("1.2.0");
    for (const { case: name, code } of report.refused) expect(said).to.match(new RegExp(`refused ${name} +${code}\n`));

    const [root = "", line = "", device = ""] = ["root", "line", "device"].map((name) =>
      folder.join("certs", `${name}.pem`),
    );
    using openssl = new OpensslFolder();
    const verified = openssl.run("verify", "-x509_strict", "-CAfile", root, "-untrusted", line, device);
    expect(verified.output).to.match(/OK/);
    const { publicKey } = decodeCertificate(decodeOnePem("CERTIFICATE", readFileSync(device, "utf8")));
    expect(addressOf(publicKey)).to.equal(report.device.address);
    expect(BigInt(report.device.tokenId)).to.equal(BigInt(report.device.address));
  });

  it("leaves chain and unit running with --keep, for each verb to go on with", () => {
    const address = /the unit at (\S+)\. In /.exec(said)?.[1] ?? "";
    expect(pids.filter(isAlive)).to.have.length(2);
    const hello = answerOf("device", "hello", address) as { readonly address: string };
    expect(hello).to.include({ port, version: "1.2.0", life: "locked", slot: "A" });
    const state = folder.join("unit.json");
    expect(answerOf("device", "state", address, "--out", state)).to.include({ version: "1.2.0" });
    const root = ["--root", folder.join("certs", "root.pem"), "--state", state];
    expect(answerOf("release", "verify", folder.join("1.2.0.suit"), ...root)).to.include({ verdict: "OK" });
    const chain = ["--chain", folder.join("chain.json")];
    const node = answerOf("registry", "show", hello.address, ...chain);
    expect(node).to.deep.include({ tokenId: `${BigInt(hello.address)}`, manufacturerId: "1", serial: "TM1-0001" });
    expect(answerOf("license", "show", "1", ...chain)).to.include({ life: "active", board: "active", quota: "1000" });
    expect(answerOf("station", "unit", folder.join("ledger.sqlite"), "TM1-0001")).to.include({ state: "locked" });
  });
});

describe("touchmark demo that does not end well", function () {
  this.timeout(240_000);
  const folders = [new TemporaryFolder(), new TemporaryFolder()] as const;
  let runs: readonly [interrupted: Running, failing: Running];

  // Side by side: each waits for its own chain most of the time. What they run is built before.
  before(async () => {
    await buildBootloader(ROOT);
    await buildApp(ROOT, "1.0.0");
    runs = [start(folders[0].path), start(folders[1].path)];
    await until(() => runs.every(({ stdout }) => stdout.join("").includes("boot a blank unit")));
  });
  after(() => {
    for (const { child } of runs) child.kill("SIGKILL");
    for (const folder of folders) folder[Symbol.dispose]();
  });

  it("leaves no process behind when a step fails", async () => {
    const [, { child, exited, stdout, stderr }] = runs;
    const started = childrenOf(child.pid);
    expect(started).to.have.length(2);
    process.kill(Math.min(...started), "SIGKILL"); // the chain: it was started first
    expect(await exited).to.equal(1);
    expect(stdout.join("")).to.include("FAILED");
    expect(stderr.join("")).to.include("CHAIN_UNREACHABLE");
    await until(() => started.every((pid) => !isAlive(pid)));
  });

  it("leaves no process behind when it is interrupted", async () => {
    const [{ child, exited, stderr }] = runs;
    const started = childrenOf(child.pid);
    expect(started).to.have.length(2);
    child.kill("SIGINT");
    expect(await exited).to.equal(130);
    expect(stderr.join("")).to.include("INTERRUPTED");
    await until(() => started.every((pid) => !isAlive(pid)));
  });
});
