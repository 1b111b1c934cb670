// SPDX-License-Identifier: Apache-2.0
import type { Contract } from "ethers";
import { logsOf } from "./license/history.ts";
import { translated } from "./transaction.ts";

/**
 * The first block in which the address got a node of this manufacturer, by a mint or in another board's place; undefined
 * where it never did.
 * @param address lower case @throws CHAIN_UNREACHABLE
 */
export async function registeredBlock(
  registry: Contract,
  manufacturerId: bigint,
  address: string,
): Promise<bigint | undefined> {
  const { AftermarketDeviceNodeMinted: minted, AftermarketDeviceAddressReset: moved } = registry.filters;
  const head = await translated(async () => registry.runner?.provider?.getBlockNumber(), registry.interface);
  const blocks: number[] = [];
  for (const filter of [minted, moved]) {
    if (!filter || head === undefined) continue;
    const topics = await filter(manufacturerId, null, address).getTopicFilter();
    const logs = await logsOf(registry, { address: String(registry.target), topics }, { fromBlock: 0, toBlock: head });
    blocks.push(...logs.map(({ blockNumber }) => blockNumber));
  }
  return blocks.length === 0 ? undefined : BigInt(Math.min(...blocks));
}
