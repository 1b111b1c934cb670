// SPDX-License-Identifier: Apache-2.0
// A Hardhat node on a free loopback port, and its unlocked accounts in the parts of the story.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { JsonRpcProvider, type JsonRpcSigner, Network } from "ethers";
import { type Child, startChild } from "../device/child-process.ts";
import { TouchmarkError } from "../errors.ts";

const CHAIN_ID = 31_337n;
const START_TIMEOUT_MS = 60_000;

/** Everybody has an account of their own: no role can do another's part. */
const ROLES = ["admin", "licensor", "hardware", "security", "experience", "treasury", "maker", "announcer"] as const;
export type Role = (typeof ROLES)[number];

export interface DemoChain {
  readonly child: Child;
  readonly rpc: string;
  readonly chainId: bigint;
  readonly provider: JsonRpcProvider;
  readonly accounts: Readonly<Record<Role, JsonRpcSigner>>;
}

/** @throws TOOL_MISSING with the node's own words where it does not start */
export async function startChain(root: string): Promise<DemoChain> {
  const cli = join(root, "node_modules/hardhat/dist/src/cli.js");
  const args = [cli, "--config", join(root, "hardhat.config.ts"), "node", "--hostname", "127.0.0.1", "--port", "0"];
  const child = await startChild(process.execPath, args, { HARDHAT_DISABLE_TELEMETRY: "true" });
  const rpc = await listening(child);
  const provider = new JsonRpcProvider(rpc, Network.from(CHAIN_ID), { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = 50; // milliseconds; the node mines at once
  const signers = await Promise.all(ROLES.map((_, index) => provider.getSigner(index)));
  const accounts = Object.fromEntries(ROLES.map((role, index) => [role, signers[index]]));
  return { child, rpc, chainId: CHAIN_ID, provider, accounts: accounts as DemoChain["accounts"] };
}

function listening(child: Child): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (): void => reject(new TouchmarkError("TOOL_MISSING", { data: { command: "hardhat node", said } }));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    void child.exited.then(fail);
    createInterface(child.stderr).on("line", (line) => said.push(line));
    createInterface(child.stdout).on("line", (line) => {
      const url = /server at (http:\/\/\S+?)\/?$/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
