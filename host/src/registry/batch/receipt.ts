// SPDX-License-Identifier: Apache-2.0
// A receipt is a claim of one RPC. It counts once its block is the chain's and deep enough.
import { TouchmarkError } from "../../errors.ts";
import { ask, type BatchClient, blockTag, quantity } from "./client.ts";
import type { JournalBatch } from "./journal.ts";

export interface BatchReceipt {
  readonly hash: string;
  readonly succeeded: boolean;
  /** 1 for the newest block. */
  readonly confirmations: bigint;
  readonly logs: readonly { readonly address: string; readonly topics: string[]; readonly data: string }[];
}

interface RpcReceipt {
  readonly transactionHash: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly status: string;
  readonly logs: BatchReceipt["logs"];
}

/** The receipt of the one of the batch's transactions that was mined; undefined while none is. @throws CHAIN_UNREACHABLE, CHAIN_DISAGREES */
export async function receiptOf(client: BatchClient, batch: JournalBatch): Promise<BatchReceipt | undefined> {
  for (const { hash } of batch.transactions) {
    const receipt = (await ask(client, "eth_getTransactionReceipt", hash)) as RpcReceipt | null;
    if (receipt !== null) return await confirmed(client, hash, receipt);
  }
  return undefined;
}

async function confirmed(client: BatchClient, hash: string, receipt: RpcReceipt): Promise<BatchReceipt> {
  const number = quantity(receipt.blockNumber);
  const block = (await ask(client, "eth_getBlockByNumber", blockTag(number), false)) as RpcBlock | null;
  const listed = block?.hash === receipt.blockHash && block.transactions.includes(hash);
  if (!listed || receipt.transactionHash !== hash)
    throw new TouchmarkError("CHAIN_DISAGREES", { data: { hash, what: "a receipt of no block of the chain" } });
  const confirmations = quantity(await ask(client, "eth_blockNumber")) - number + 1n;
  return { hash, succeeded: receipt.status === "0x1", confirmations, logs: receipt.logs };
}

interface RpcBlock {
  readonly hash: string;
  readonly transactions: readonly string[];
}
