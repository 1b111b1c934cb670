// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import type { DemoReport } from "../../host/src/demo/report.ts";
import { decodeCertificate } from "../../host/src/protocol/certificate.ts";
import { decodeOnePem } from "../../host/src/protocol/pem.ts";
import { addressOf } from "../../host/src/protocol/secp256k1.ts";
import { OpensslFolder } from "../support/openssl.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

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

describe("touchmark demo", function () {
  this.timeout(240_000);
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  it("takes a machine from nothing to a licensed unit that refuses eight bad releases, each by its code", async () => {
    const { exited, stdout, stderr } = start(folder.path, "--json");
    expect(await exited, stderr.join("")).to.equal(0);
    const report = JSON.parse(stdout.join("")) as DemoReport;
    expect(report).to.deep.equal(JSON.parse(readFileSync(folder.join("report.json"), "utf8")));
    expect(report.steps.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(Object.fromEntries(report.refused.map(({ case: name, code }) => [name, code]))).to.deep.equal(REFUSED);
    expect(report.device.version).to.equal("1.2.0");

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

  it("leaves no process behind when it is interrupted", async () => {
    const { child, exited, stderr } = start(folder.path);
    await until(() => stderr.join("").includes("boot a blank unit"));
    const started = childrenOf(child.pid);
    expect(started).to.have.length(2);
    child.kill("SIGINT");
    expect(await exited).to.equal(130);
    expect(stderr.join("")).to.include("INTERRUPTED");
    await until(() => started.every((pid) => !isAlive(pid)));
  });

  it("leaves no process behind when a step fails", async () => {
    const { child, exited, stderr } = start(folder.path);
    await until(() => stderr.join("").includes("boot a blank unit"));
    const started = childrenOf(child.pid);
    const [chain = 0] = started;
    process.kill(chain, "SIGKILL");
    expect(await exited).to.equal(1);
    expect(stderr.join("")).to.include("FAILED");
    expect(stderr.join("")).to.include("CHAIN_UNREACHABLE");
    await until(() => started.every((pid) => !isAlive(pid)));
  });
});
