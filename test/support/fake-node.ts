// SPDX-License-Identifier: Apache-2.0
// A node of a chain that a test writes: blocks by number, and which of them is final.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { encodeRpcHeader } from "../../host/src/protocol/block-header.ts";
import { toHex } from "../../host/src/protocol/bytes.ts";
import { type RpcBridge, rpcBridge } from "./rpc-bridge.ts";

export class FakeChain {
  readonly chainId: bigint;
  /** Seconds between blocks; block 0 has timestamp 1,000,000. */
  readonly #spacing: number;
  finalized = 0n;
  /** Blocks that were asked for. */
  reads = 0;
  /** From this number on, blocks are others of the same numbers. */
  forkedFrom = 1n << 62n;

  constructor(chainId: bigint, spacing = 2) {
    this.chainId = chainId;
    this.#spacing = spacing;
  }

  timestamp(number: bigint): bigint {
    return 1_000_000n + number * BigInt(this.#spacing);
  }

  serve(): Promise<RpcBridge> {
    return rpcBridge(async (method, params) => this.#answer(method, params));
  }

  #answer(method: string, [tag]: unknown[]): unknown {
    if (method === "eth_chainId") return `0x${this.chainId.toString(16)}`;
    if (method !== "eth_getBlockByNumber") throw new Error(`no ${method} here`);
    this.reads++;
    const number = tag === "finalized" ? this.finalized : BigInt(String(tag));
    return number > this.finalized ? null : this.#block(number);
  }

  #block(number: bigint): object {
    const hash = (what: string): string => `0x${toHex(keccak_256(Buffer.from(`${what} ${number}`)))}`;
    const hex = (value: bigint): string => `0x${value.toString(16)}`;
    const block = {
      parentHash: hash("parent"),
      sha3Uncles: hash("uncles"),
      miner: `0x${"11".repeat(20)}`,
      stateRoot: hash(number >= this.forkedFrom ? "other state" : "state"),
      transactionsRoot: hash("transactions"),
      receiptsRoot: hash("receipts"),
      logsBloom: `0x${"00".repeat(256)}`,
      difficulty: "0x0",
      number: hex(number),
      gasLimit: "0x1c9c380",
      gasUsed: "0x5208",
      timestamp: hex(this.timestamp(number)),
      extraData: "0x",
      mixHash: hash("mix"),
      nonce: "0x0000000000000000",
      baseFeePerGas: "0x7",
    };
    return { ...block, hash: `0x${toHex(keccak_256(encodeRpcHeader(block)))}` };
  }
}
