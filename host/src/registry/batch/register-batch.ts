// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { RegisteredUnit, RegistrableUnit } from "../register.ts";
import { checkList } from "./check-list.ts";
import { type BatchClient, deviceOf, persistently, requireChain } from "./client.ts";
import { preflight } from "./preflight.ts";
import { resume } from "./resume.ts";
import { sendBatch } from "./send.ts";
import { settle } from "./settle.ts";
import { longestBatch, type Rejected, simulate } from "./simulate.ts";

export interface BatchReport {
  /** In the order of the list; those that were registered before are among them. */
  readonly registered: readonly RegisteredUnit[];
  /** Refused by the chain, each for its own reason. */
  readonly rejected: readonly Rejected[];
}

/**
 * Registers a list of units in as few transactions as fit, one after the other. Run again after whatever stopped it, it
 * goes on: no unit is lost, none is registered twice.
 *
 * @throws PREFLIGHT, MODEL_NOT_CERTIFIED, CHAIN_WRONG with nothing sent; FEE_ABOVE_CAP, TRANSACTION_LOST,
 * REGISTRATION_MISMATCH, CHAIN_UNREACHABLE with what was sent in the journal
 */
export async function registerBatch(client: BatchClient, units: readonly RegistrableUnit[]): Promise<BatchReport> {
  checkList(units);
  await persistently(client, () => requireChain(client));
  await resume(client);
  const missing = await unregistered(client, units);
  if (missing.length > 0) await persistently(client, () => preflight(client, missing.length));
  const rejected = await registerAll(client, missing);
  const refused = new Set(rejected.map(({ unit }) => unit.address));
  const registered: RegisteredUnit[] = [];
  for (const { address } of units) {
    if (refused.has(address)) continue;
    const device = await deviceOf(client, address);
    if (device === undefined) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address, tokenId: null } });
    registered.push(device);
  }
  return { registered, rejected };
}

async function registerAll(client: BatchClient, missing: readonly RegistrableUnit[]): Promise<Rejected[]> {
  const rejected: Rejected[] = [];
  let left = missing;
  let longest = left.length > 0 ? await persistently(client, () => longestBatch(client)) : 0;
  for (;;) {
    const next = await simulate(client, left.slice(0, longest));
    if (next === undefined) return rejected;
    if ("reason" in next) {
      rejected.push(next);
      left = left.slice(1);
      continue;
    }
    const settled = await settle(client, await sendBatch(client, next));
    if (settled === "final") {
      left = left.slice(next.units.length);
      continue;
    }
    const [unit] = next.units;
    if (settled === "reverted" && next.units.length === 1 && unit !== undefined) {
      rejected.push({ unit, reason: new TouchmarkError("TRANSACTION_REVERTED", { data: { address: unit.address } }) });
      left = left.slice(1);
    } else {
      // What was mined differs from what was simulated: smaller steps, and at last a unit by itself.
      if (settled === "reverted") longest = Math.ceil(next.units.length / 2);
      left = await unregistered(client, left);
    }
  }
}

async function unregistered(client: BatchClient, units: readonly RegistrableUnit[]): Promise<RegistrableUnit[]> {
  const missing: RegistrableUnit[] = [];
  for (const unit of units) if ((await deviceOf(client, unit.address)) === undefined) missing.push(unit);
  return missing;
}
