// SPDX-License-Identifier: Apache-2.0
// A node that passes no registration on and says of each that it was mined, long ago, and did what it should: in every
// answer, without a contradiction. Only what it would have to prove gives it away.
import { type Log, Transaction, ZeroAddress } from "ethers";
import { chain, lively, type Send } from "./batch-run.ts";
import type { World } from "./world.ts";

interface Swallowed {
  readonly hash: string;
  /** Of a true block, which is said to hold it. */
  readonly block: { readonly number: string; readonly hash: string };
  readonly from: string;
  readonly manufacturerId: bigint;
  /** Lower case. */
  readonly addresses: readonly string[];
}

export class LyingNode {
  readonly #registry;
  readonly #owner: string;
  readonly #swallowed: Swallowed[] = [];

  /** @param owner to whom its registrations belong */
  constructor(world: World, owner: string) {
    this.#registry = world.contract("registry");
    this.#owner = owner;
  }

  readonly send: Send = async (method, params) => {
    if (method === "eth_sendRawTransaction") return await this.#swallow(Transaction.from(String(params[0])));
    if (method === "eth_getTransactionReceipt") return this.#receipt(String(params[0]));
    if (method === "eth_call") return this.#call(params[0] as { data: string }) ?? (await lively(method, params));
    const answer = await lively(method, params);
    if (method === "eth_getTransactionCount")
      return `0x${(BigInt(String(answer)) + this.#sentBy(params[0])).toString(16)}`;
    return method === "eth_getBlockByNumber" ? this.#block(answer as TrueBlock | null) : answer;
  };

  async #swallow(transaction: Transaction): Promise<string> {
    const { hash, from, data } = transaction;
    const known = this.#swallowed.some((each) => each.hash === hash);
    if (known || hash === null || from === null) return hash ?? "";
    const { args } = this.#described(data);
    const [manufacturerId, records] = args as [bigint, readonly { readonly addr: string }[]];
    const addresses = records.map(({ addr }) => addr.toLowerCase());
    const block = (await chain("eth_getBlockByNumber", ["latest", false])) as TrueBlock;
    this.#swallowed.push({ hash, block, from: from.toLowerCase(), manufacturerId, addresses });
    return hash;
  }

  #receipt(transactionHash: string): object | null {
    const found = this.#swallowed.find(({ hash }) => hash === transactionHash);
    if (found === undefined) return null;
    const { block, manufacturerId, addresses } = found;
    const logs = addresses.map((address): Partial<Log> => {
      const values = [manufacturerId, BigInt(address), address, this.#owner];
      const { data, topics } = this.#registry.interface.encodeEventLog("AftermarketDeviceNodeMinted", values);
      return { address: String(this.#registry.target), data, topics };
    });
    return { transactionHash, blockNumber: block.number, blockHash: block.hash, status: "0x1", logs };
  }

  #block(block: TrueBlock | null): object | null {
    if (block === null) return null;
    const own = this.#swallowed.filter(({ block: { hash } }) => hash === block.hash).map(({ hash }) => hash);
    return { ...block, transactions: [...block.transactions, ...own] };
  }

  /** Undefined: nothing to lie about. */
  #call({ data }: { readonly data: string }): string | undefined {
    const { name, args } = this.#described(data);
    // An address or a token, of which the one is the other's number.
    const asked = args.map((each) => (/^(0x[0-9a-f]+|\d+)$/i.test(String(each)) ? BigInt(String(each)) : undefined));
    const own = this.#swallowed.find(({ addresses }) => addresses.some((each) => asked.includes(BigInt(each))));
    const address = own?.addresses.find((each) => asked.includes(BigInt(each)));
    if (own === undefined || address === undefined) return undefined;
    const says: Readonly<Record<string, unknown>> = {
      getAftermarketDeviceIdByAddress: BigInt(address),
      getAftermarketDeviceAddressById: address,
      getParentNode: own.manufacturerId,
      ownerOf: this.#owner,
      isAftermarketDeviceClaimed: false,
      getLink: 0n,
      getInfo: "",
    };
    return name in says ? this.#registry.interface.encodeFunctionResult(name, [says[name]]) : undefined;
  }

  #described(data: string): { readonly name: string; readonly args: readonly unknown[] } {
    const call = this.#registry.interface.parseTransaction({ data });
    return { name: call?.name ?? "", args: call ? [...call.args] : [] };
  }

  #sentBy(account: unknown): bigint {
    const from = String(account ?? ZeroAddress).toLowerCase();
    return BigInt(this.#swallowed.filter((each) => each.from === from).length);
  }
}

interface TrueBlock {
  readonly number: string;
  readonly hash: string;
  readonly transactions: readonly string[];
}
