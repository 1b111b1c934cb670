// SPDX-License-Identifier: Apache-2.0
// A Hardhat node on a free loopback port, and its unlocked accounts in the parts of the story.
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JsonRpcProvider, type JsonRpcSigner, Network } from "ethers";
import { type Child, startChild } from "../device/child-process.ts";
import { TouchmarkError } from "../errors.ts";

const CHAIN_ID = 31_337n;
const START_TIMEOUT_MS = 60_000;

/** Everybody has an account of their own: no role can do another's part. */
/** In the order of the node's accounts. */
export const ROLES = [
  "admin",
  "licensor",
  "hardware",
  "security",
  "experience",
  "treasury",
  "maker",
  "announcer",
] as const;
export type Role = (typeof ROLES)[number];

export interface DemoChain {
  readonly child: Child;
  readonly rpc: string;
  readonly chainId: bigint;
  readonly provider: JsonRpcProvider;
  readonly accounts: Readonly<Record<Role, JsonRpcSigner>>;
}

/** @param folder where the node's log goes @throws TOOL_MISSING with the node's own words where it does not start */
export async function startChain(root: string, folder: string): Promise<DemoChain> {
  const cli = join(root, "node_modules/hardhat/dist/src/cli.js");
  const args = [cli, "--config", join(root, "hardhat.config.ts"), "node", "--hostname", "127.0.0.1", "--port", "0"];
  const log = join(folder, "chain.log");
  const output = openSync(log, "w");
  const child = await startChild(process.execPath, args, { env: { HARDHAT_DISABLE_TELEMETRY: "true" }, output });
  closeSync(output);
  const rpc = await listening(child, log);
  const provider = new JsonRpcProvider(rpc, Network.from(CHAIN_ID), { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = 50; // milliseconds; the node mines at once
  const signers = await Promise.all(ROLES.map((_, index) => provider.getSigner(index)));
  const accounts = Object.fromEntries(ROLES.map((role, index) => [role, signers[index]]));
  return { child, rpc, chainId: CHAIN_ID, provider, accounts: accounts as DemoChain["accounts"] };
}

async function listening(child: Child, log: string): Promise<string> {
  let ended = false;
  void child.exited.then(() => {
    ended = true;
  });
  for (const end = performance.now() + START_TIMEOUT_MS; ; await sleep(20)) {
    const said = readFileSync(log, "utf8");
    const url = /server at (http:\/\/\S+?)\/?\s/.exec(said)?.[1];
    if (url !== undefined) return url;
    if (ended || performance.now() >= end) {
      await child.kill();
      throw new TouchmarkError("TOOL_MISSING", { data: { command: "hardhat node", said } });
    }
  }
}
