// SPDX-License-Identifier: Apache-2.0
import type { Contract } from "ethers";
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
  const filters = [minted, moved].flatMap((filter) => (filter ? [filter(manufacturerId, null, address)] : []));
  const logs = await translated(
    () => Promise.all(filters.map((filter) => registry.queryFilter(filter, 0))),
    registry.interface,
  );
  const blocks = logs.flat().map(({ blockNumber }) => blockNumber);
  return blocks.length === 0 ? undefined : BigInt(Math.min(...blocks));
}
