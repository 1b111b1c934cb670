// SPDX-License-Identifier: Apache-2.0
// A DIMO registry tells its tokens' addresses in events alone; each token has to name the registry in turn.
import { Contract } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { read, translated } from "../transaction.ts";
import { dimoTokenAbi } from "./dimo-abi.ts";

export interface DimoTokens {
  readonly nodes: Contract;
  readonly tokens: Contract;
}

/** @throws CONTRACT_SILENT, CHAIN_UNREACHABLE */
export async function discoverTokens(registry: Contract): Promise<DimoTokens> {
  const [nodes, tokens] = [
    await lastProxy(registry, "ManufacturerIdProxySet"),
    await lastProxy(registry, "AftermarketDeviceIdProxySet"),
  ];
  return await tokensAt(registry, { nodes, devices: tokens });
}

/** @throws CONTRACT_SILENT where a token is another registry's, CHAIN_UNREACHABLE */
export async function tokensAt(
  registry: Contract,
  { nodes, devices }: { readonly nodes: string; readonly devices: string },
): Promise<DimoTokens> {
  const [manufacturers, tokens] = [nodes, devices].map(
    (address) => new Contract(address, dimoTokenAbi, registry.runner),
  );
  if (manufacturers === undefined || tokens === undefined) throw new RangeError("two of them");
  for (const token of [manufacturers, tokens]) {
    const named = await read<string>(token, "_dimoRegistry");
    if (named.toLowerCase() !== String(registry.target).toLowerCase())
      throw new TouchmarkError("CONTRACT_SILENT", { data: { token: token.target, registry: named } });
  }
  return { nodes: manufacturers, tokens };
}

async function lastProxy(registry: Contract, event: string): Promise<string> {
  const logs = await translated(() => registry.queryFilter(event, 0), registry.interface);
  const last = logs.at(-1);
  if (last === undefined || !("args" in last))
    throw new TouchmarkError("CONTRACT_SILENT", { data: { contract: registry.target, event } });
  return String(last.args["proxy"]);
}
