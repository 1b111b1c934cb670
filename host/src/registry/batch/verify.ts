// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { findDevice, type RegisteredUnit } from "../register.ts";
import type { BatchClient } from "./client.ts";
import type { JournalBatch } from "./journal.ts";
import type { BatchReceipt } from "./receipt.ts";
import { several } from "./several.ts";

/**
 * Token ids of our own receipt's events, each held against the registry in both directions.
 * @throws REGISTRATION_MISMATCH for a unit without an event, or of whom the registry says something else
 */
export async function verifyBatch(
  client: BatchClient,
  { units }: JournalBatch,
  { logs }: BatchReceipt,
): Promise<RegisteredUnit[]> {
  const ids = mintedIds(client, logs);
  return await several(units, async ({ address }) => {
    const tokenId = ids.get(address);
    const device = await findDevice(client.backend, client.manufacturerId, address);
    if (tokenId !== undefined && device?.tokenId === tokenId) return device;
    const data = { address, event: `${tokenId}`, registry: `${device?.tokenId}` };
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data });
  });
}

function mintedIds(
  { backend: { contract }, manufacturerId }: BatchClient,
  logs: BatchReceipt["logs"],
): Map<string, bigint> {
  const ids = new Map<string, bigint>();
  for (const log of logs) {
    if (log.address.toLowerCase() !== String(contract.target).toLowerCase()) continue;
    const event = contract.interface.parseLog(log);
    if (event?.name !== "AftermarketDeviceNodeMinted" || event.args["manufacturerId"] !== manufacturerId) continue;
    ids.set(String(event.args["aftermarketDeviceAddress"]).toLowerCase(), event.args["tokenId"] as bigint);
  }
  return ids;
}
