// SPDX-License-Identifier: Apache-2.0
// `chain.json`: where a deployment's contracts are. JSON `{rpc, chainId, addresses: {nodes, programme, board, …}}`.
import { getAddress, isAddress } from "ethers";
import { TouchmarkError } from "../errors.ts";
import type { Deployment } from "./deploy.ts";

export interface DeploymentFile {
  /** URL of a node. */
  readonly rpc: string;
  readonly chainId: bigint;
  readonly addresses: Partial<Deployment>;
}

/** @throws USAGE naming the field */
export function readDeployment(json: unknown): DeploymentFile {
  const { rpc, chainId, addresses } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof rpc !== "string" || !URL.canParse(rpc)) throw wrong("rpc");
  if (!/^[1-9][0-9]{0,18}$/.test(String(chainId))) throw wrong("chainId");
  if (typeof addresses !== "object" || addresses === null) throw wrong("addresses");
  const entries = Object.entries(addresses).map(([name, address]) => {
    if (!isAddress(address)) throw wrong(`addresses.${name}`);
    return [name, getAddress(address)];
  });
  return { rpc, chainId: BigInt(String(chainId)), addresses: Object.fromEntries(entries) as Partial<Deployment> };
}

const wrong = (field: string): TouchmarkError => new TouchmarkError("USAGE", { data: { file: "chain.json", field } });
