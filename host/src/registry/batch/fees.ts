// SPDX-License-Identifier: Apache-2.0
import { Transaction } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { Fees } from "../transaction.ts";
import { ask, type BatchClient, quantity } from "./client.ts";
import type { SignedTransaction } from "./journal.ts";

/** Room for the base fee to double. @throws FEE_ABOVE_CAP where the next block's fee is above the cap already */
export async function marketFees(client: BatchClient): Promise<Fees> {
  const cap = client.terms.maxFeePerGas;
  const block = (await ask(client, "eth_getBlockByNumber", "latest", false)) as { readonly baseFeePerGas: unknown };
  const tip = quantity(await ask(client, "eth_maxPriorityFeePerGas"));
  const base = quantity(block.baseFeePerGas);
  requireBelow(base + tip, cap);
  const wanted = 2n * base + tip;
  return { maxFeePerGas: wanted < cap ? wanted : cap, maxPriorityFeePerGas: tip };
}

/** A quarter more than the last, and no less than the market: nodes ask for a tenth. @throws FEE_ABOVE_CAP */
export async function higherFees(client: BatchClient, { raw }: SignedTransaction): Promise<Fees> {
  const last = Transaction.from(raw);
  const market = await marketFees(client);
  const raised = (fee: bigint | null): bigint => ((fee ?? 0n) * 5n + 3n) / 4n;
  const fees = {
    maxFeePerGas: larger(raised(last.maxFeePerGas), market.maxFeePerGas),
    maxPriorityFeePerGas: larger(raised(last.maxPriorityFeePerGas), market.maxPriorityFeePerGas),
  };
  requireBelow(fees.maxFeePerGas, client.terms.maxFeePerGas);
  return fees;
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

function requireBelow(fee: bigint, cap: bigint): void {
  if (fee > cap) throw new TouchmarkError("FEE_ABOVE_CAP", { data: { fee: `${fee}`, cap: `${cap}` } });
}
