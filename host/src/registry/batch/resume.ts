// SPDX-License-Identifier: Apache-2.0
import { isTouchmarkError } from "../../errors.ts";
import { type BatchClient, deviceOf } from "./client.ts";
import type { JournalBatch } from "./journal.ts";
import { broadcast, newest, ownerOf } from "./send.ts";
import { settle } from "./settle.ts";

/**
 * Brings what earlier runs sent to its end: open batches, and final ones that a reorganization took back. The same
 * bytes are sent again, in the order of their nonces.
 */
export async function resume(client: BatchClient): Promise<void> {
  const pending: JournalBatch[] = [];
  for (const batch of client.journal.live(await ownerOf(client)))
    if (batch.state === "open" || (await takenBack(client, batch))) pending.push(batch);
  for (const batch of pending) {
    client.journal.mark(batch, "open");
    client.onProgress?.({ step: "repeated", hash: newest(batch).hash, units: batch.units.length });
    await broadcast(client, newest(batch));
  }
  for (const batch of pending) await settle(client, batch);
}

// A batch is all or nothing, so one unit tells. One that has another address by now was registered.
async function takenBack(client: BatchClient, { units }: JournalBatch): Promise<boolean> {
  const [first] = units;
  if (first === undefined) return false;
  try {
    return (await deviceOf(client, first.address)) === undefined;
  } catch (error) {
    if (isTouchmarkError(error, "REGISTRATION_MISMATCH")) return false;
    throw error;
  }
}
