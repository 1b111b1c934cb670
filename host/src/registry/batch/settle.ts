// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { ask, type BatchClient, blockTag, nonceAt, quantity } from "./client.ts";
import type { JournalBatch } from "./journal.ts";
import { type BatchReceipt, receiptOf } from "./receipt.ts";
import { broadcast, newest, replaceBatch } from "./send.ts";
import { verifyBatch } from "./verify.ts";

export type Settled = "final" | "reverted" | "superseded";

/**
 * Waits until a batch has become final, one way or the other, and journals which.
 *
 * @returns final; reverted, with none of its units registered; superseded, where a transaction that the journal does
 * not know has used its nonce
 * @throws TRANSACTION_LOST past the patience, FEE_ABOVE_CAP where a stuck one cannot be replaced, REGISTRATION_MISMATCH,
 * each with the batch still open
 */
export async function settle(client: BatchClient, opened: JournalBatch): Promise<Settled> {
  const { terms, journal } = client;
  let batch = opened;
  let bumped = Date.now();
  let trouble: unknown;
  let blocks = 0n;
  for (const started = Date.now(); Date.now() - started < terms.patience; await sleep(terms.poll)) {
    try {
      const receipt = await receiptOf(client, batch);
      const settled = receipt === undefined ? await withoutReceipt(client, batch) : await judge(client, batch, receipt);
      if (settled !== undefined) {
        journal.mark(batch, settled);
        client.onProgress?.({ step: settled, hash: receipt?.hash, units: batch.units.length });
        return settled;
      }
      if (receipt !== undefined && receipt.confirmations !== blocks) {
        blocks = receipt.confirmations;
        client.onProgress?.({ step: "waiting", blocks, depth: terms.depth, units: batch.units.length });
      }
      if (receipt === undefined && Date.now() - bumped >= terms.stuck) {
        batch = await replaceBatch(client, batch);
        bumped = Date.now();
      }
    } catch (error) {
      const passing = isTouchmarkError(error, "CHAIN_UNREACHABLE") || isTouchmarkError(error, "CHAIN_DISAGREES");
      if (!passing) throw error;
      trouble = error;
    }
  }
  const data = { nonce: batch.nonce, hashes: batch.transactions.map(({ hash }) => hash) };
  throw new TouchmarkError("TRANSACTION_LOST", { data, cause: trouble });
}

async function judge(client: BatchClient, batch: JournalBatch, receipt: BatchReceipt): Promise<Settled | undefined> {
  if (receipt.confirmations < BigInt(client.terms.depth)) return undefined;
  if (!receipt.succeeded) return "reverted";
  await verifyBatch(client, batch, receipt);
  return "final";
}

// A nonce that is used at depth, with none of our receipts there, was used by somebody else.
async function withoutReceipt(client: BatchClient, batch: JournalBatch): Promise<Settled | undefined> {
  if ((await nonceAt(client, "latest")) <= batch.nonce) {
    await broadcast(client, newest(batch));
    return undefined;
  }
  const deep = quantity(await ask(client, "eth_blockNumber")) - BigInt(client.terms.depth - 1);
  if (deep < 0n || (await nonceAt(client, blockTag(deep))) <= batch.nonce) return undefined;
  return (await receiptOf(client, batch)) === undefined ? "superseded" : undefined;
}
