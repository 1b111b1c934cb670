// SPDX-License-Identifier: Apache-2.0
// Signed, then on disk, then sent: in this order.
import { Transaction } from "ethers";
import { isTouchmarkError } from "../../errors.ts";
import { mintCall } from "../register.ts";
import type { Fees } from "../transaction.ts";
import { ask, type BatchClient, nonceAt, persistently } from "./client.ts";
import { higherFees, marketFees } from "./fees.ts";
import type { BatchOwner, JournalBatch, SignedTransaction } from "./journal.ts";
import type { Simulated } from "./simulate.ts";

/** Whose batches of the journal are the client's. */
export async function ownerOf(client: BatchClient): Promise<BatchOwner> {
  const account = `${client.chainId}:${(await client.account.getAddress()).toLowerCase()}`;
  const registry = String(client.backend.contract.target).toLowerCase();
  return { account, registry, manufacturer: `${client.manufacturerId}` };
}

/** @throws FEE_ABOVE_CAP, CHAIN_UNREACHABLE with nothing journaled; LEDGER_CONFLICT for a node that is behind */
export async function sendBatch(client: BatchClient, { units, gas }: Simulated): Promise<JournalBatch> {
  const fees = await persistently(client, () => marketFees(client));
  const nonce = await persistently(client, () => nonceAt(client, "latest"));
  const { method, args } = mintCall(client.manufacturerId, units);
  const { contract } = client.backend;
  const data = contract.interface.encodeFunctionData(method, [...args]);
  const to = String(contract.target);
  const signed = await sign(client, { type: 2, chainId: client.chainId, to, data, nonce, gasLimit: gas, ...fees });
  const batch = client.journal.begin(await ownerOf(client), nonce, units, signed);
  client.onProgress?.({ step: "sent", hash: signed.hash, units: units.length });
  await broadcast(client, signed);
  return batch;
}

/** The same call of the same nonce for more. @throws FEE_ABOVE_CAP, CHAIN_UNREACHABLE */
export async function replaceBatch(client: BatchClient, batch: JournalBatch): Promise<JournalBatch> {
  const last = newest(batch);
  const fees = await higherFees(client, last);
  const { type, chainId, to, data, nonce, gasLimit } = Transaction.from(last.raw);
  const signed = await sign(client, { type, chainId, to, data, nonce, gasLimit, ...fees });
  const replaced = client.journal.replace(batch, signed);
  client.onProgress?.({ step: "replaced", hash: signed.hash, units: batch.units.length });
  await broadcast(client, signed);
  return replaced;
}

/** What was sent before does no harm: a node knows it, or knows its nonce. */
export async function broadcast(client: BatchClient, { raw }: SignedTransaction): Promise<void> {
  try {
    await ask(client, "eth_sendRawTransaction", raw);
  } catch (error) {
    // Whether it arrived is what settling finds out.
    if (!isTouchmarkError(error, "CHAIN_UNREACHABLE")) throw error;
  }
}

export function newest({ transactions }: JournalBatch): SignedTransaction {
  const last = transactions.at(-1);
  if (last === undefined) throw new RangeError("a batch has a transaction");
  return last;
}

type Unsigned = Fees & Pick<Transaction, "type" | "chainId" | "to" | "data" | "nonce" | "gasLimit">;

async function sign(client: BatchClient, fields: Unsigned): Promise<SignedTransaction> {
  const raw = await client.account.signTransaction(fields);
  const { hash } = Transaction.from(raw);
  if (hash === null) throw new RangeError("a signed transaction has a hash");
  return { hash, raw };
}
