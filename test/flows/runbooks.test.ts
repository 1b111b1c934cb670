// SPDX-License-Identifier: Apache-2.0
// The runbooks' own commands, in order, on a chain and a unit.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startChain } from "../../host/src/demo/chain.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNBOOKS = ["docs/provisioning-runbook.md", "docs/release-runbook.md"];

function blocksOf(page: string): string[] {
  const text = readFileSync(`${ROOT}${page}`, "utf8");
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? "");
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bash(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-euo", "pipefail", "-c", script], { cwd, env: { ...process.env, ...env } });
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (bytes: Buffer) => (said.stdout += bytes.toString()));
    child.stderr.on("data", (bytes: Buffer) => (said.stderr += bytes.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...said }));
  });
}

describe("the runbooks", function () {
  this.timeout(480_000);

  it("take bare contracts to a unit that installs, and refuses under a suspended license", async () => {
    using folder = new TemporaryFolder();
    await using opened = new AsyncDisposableStack();
    const chain = await startChain(ROOT, folder.path);
    opened.defer(() => chain.child.kill());
    opened.defer(() => chain.provider.destroy());
    opened.defer(() => stopUnit(folder.join("unit-1.json")));

    const blocks = RUNBOOKS.flatMap(blocksOf);
    expect(blocks).to.have.length.above(10);
    const env = { REPO: ROOT.replace(/\/$/, ""), RPC: chain.rpc, TOUCHMARK_PASSPHRASE: "FAKE passphrase of a test" };
    const script = ["trap 'kill $(jobs -p) || true' EXIT", ...blocks].join("\n");
    const { code, stdout, stderr } = await bash(script, folder.path, env);
    expect(code, stderr).to.equal(0);
    expect(stdout)
      .to.match(/^life +locked$/m)
      .and.to.match(/^state +locked$/m);
    expect(stdout)
      .to.match(/^version +1\.1\.0$/m)
      .and.to.match(/^status +suspended$/m);
    expect(stderr)
      .to.match(/^BLOCK_BELOW_FLOOR/m)
      .and.to.match(/^CHALLENGE_REQUIRED/m)
      .and.to.match(/verdict: RELEASE_WITHDRAWN/);
    expect(existsSync(folder.join("withdrawn.suit"))).to.equal(false);
  });
});

function stopUnit(path: string): void {
  if (!existsSync(path)) return;
  const { pid } = JSON.parse(readFileSync(path, "utf8")) as { readonly pid: number };
  process.kill(-pid, "SIGKILL");
}
