// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { requireAll } from "../backend/backend.ts";
import { ask, type BatchClient, nonceAt, quantity } from "./client.ts";

/**
 * What would refuse every unit alike, asked before anything is sent.
 *
 * @param count units that are not registered yet
 * @throws PREFLIGHT, MODEL_NOT_CERTIFIED, CHAIN_UNREACHABLE
 */
export async function preflight(client: BatchClient, count: number): Promise<void> {
  const { backend, manufacturerId } = client;
  const account = await client.account.getAddress();
  requireAll(await backend.requirements({ manufacturerId, account, count, now: await chainTime(client) }));
  const [final, pending] = [await nonceAt(client, "latest"), await nonceAt(client, "pending")];
  if (pending > final) {
    const data = { missing: "an account without pending transactions", account, next: final, pending };
    throw new TouchmarkError("PREFLIGHT", { data });
  }
}

/** Unix seconds of the newest block. */
async function chainTime(client: BatchClient): Promise<bigint> {
  const { timestamp } = (await ask(client, "eth_getBlockByNumber", "latest", false)) as { readonly timestamp: unknown };
  return quantity(timestamp);
}
