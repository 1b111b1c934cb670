// SPDX-License-Identifier: Apache-2.0
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import type { ProvedBlock } from "../proof/registry-proofs.ts";
import type { RegisteredUnit, RegistrableUnit } from "../register.ts";
import { requireAgreement } from "./agreement.ts";
import { checkList } from "./check-list.ts";
import { type BatchClient, deviceOf, persistently, requireChain } from "./client.ts";
import { preflight } from "./preflight.ts";
import { requireProof } from "./prove.ts";
import { resume } from "./resume.ts";
import { ownerOf, sendBatch } from "./send.ts";
import { settle } from "./settle.ts";
import { several } from "./several.ts";
import { type Rejected, simulate } from "./simulate.ts";

export interface BatchReport {
  /** In the order of the list; those that were registered before are among them. */
  readonly registered: readonly RegisteredUnit[];
  /** Refused by the chain, each for its own reason. */
  readonly rejected: readonly Rejected[];
  /** Where all that are registered were proved. */
  readonly proof?: ProvedBlock;
}

/**
 * Registers a list of units in as few transactions as fit, one after the other. Run again after whatever stopped it, it
 * goes on: no unit is lost, none is registered twice.
 *
 * @throws PREFLIGHT, MODEL_NOT_CERTIFIED, CHAIN_WRONG with nothing sent; CHAIN_DISAGREES where the second node does not; NODE_CONTRADICTED, REGISTRATION_NOT_PROVED and as requireProof;
 * FEE_ABOVE_CAP, TRANSACTION_LOST, REGISTRATION_MISMATCH, CHAIN_UNREACHABLE with what was sent in the journal
 */
export async function registerBatch(client: BatchClient, list: readonly RegistrableUnit[]): Promise<BatchReport> {
  const earlier = client.journal.live(await ownerOf(client)).flatMap(({ units }) => units);
  const units = checkList(list, earlier);
  await persistently(client, () => requireChain(client));
  await resume(client);
  const { missing, rejected } = await sortOut(client, units);
  if (missing.length > 0) await persistently(client, () => preflight(client, missing.length));
  await registerAll(client, missing, rejected);
  const refused = new Set(rejected.map(({ unit }) => unit.address));
  const accepted = units.filter(({ address }) => !refused.has(address));
  const registered = await several(accepted, async ({ address }) => {
    const device = await deviceOf(client, address);
    if (device === undefined) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address, tokenId: null } });
    return device;
  });
  if (client.second !== undefined) await requireAgreement(client, client.second, registered);
  if (client.proofs === undefined) return { registered, rejected };
  return { registered, rejected, proof: await requireProof(client, client.proofs, registered) };
}

/** Adds to `rejected` what the chain refuses. */
async function registerAll(
  client: BatchClient,
  missing: readonly RegistrableUnit[],
  rejected: Rejected[],
): Promise<void> {
  let left = missing;
  const most = left.length > 0 ? await persistently(client, () => client.backend.longestBatch()) : 0;
  let longest = most;
  for (;;) {
    const next = await simulate(client, left.slice(0, longest));
    if (next === undefined) return;
    if ("reason" in next) {
      await refuse(client, next, rejected);
      left = left.slice(1);
      continue;
    }
    const settled = await settle(client, await sendBatch(client, next));
    const [unit] = next.units;
    if (settled === "final") {
      left = left.slice(next.units.length);
      longest = Math.min(most, 2 * longest);
      continue;
    }
    if (settled === "reverted" && next.units.length === 1 && unit !== undefined) {
      const reason = new TouchmarkError("TRANSACTION_REVERTED", { data: { address: unit.address } });
      await refuse(client, { unit, reason }, rejected);
      left = left.slice(1);
      continue;
    }
    // What was mined differs from what was simulated: smaller steps, and at last a unit by itself.
    if (settled === "reverted") longest = Math.ceil(next.units.length / 2);
    const sorted = await sortOut(client, left);
    rejected.push(...sorted.rejected);
    left = sorted.missing;
  }
}

/**
 * Refuses one unit, unless another operator has just registered it.
 * @throws PREFLIGHT, MODEL_NOT_CERTIFIED where the chain would refuse every other unit as well
 */
async function refuse(client: BatchClient, refusal: Rejected, rejected: Rejected[]): Promise<void> {
  const { missing, rejected: mismatched } = await sortOut(client, [refusal.unit]);
  rejected.push(...mismatched);
  if (missing.length === 0) return;
  await persistently(client, () => preflight(client, 1));
  rejected.push(refusal);
}

interface Sorted {
  readonly missing: RegistrableUnit[];
  /** Addresses that stand for something else already. */
  readonly rejected: Rejected[];
}

async function sortOut(client: BatchClient, units: readonly RegistrableUnit[]): Promise<Sorted> {
  const sorted: Sorted = { missing: [], rejected: [] };
  const found = await several(units, async ({ address }) => {
    try {
      return await deviceOf(client, address);
    } catch (reason) {
      if (!isTouchmarkError(reason, "REGISTRATION_MISMATCH")) throw reason;
      return reason;
    }
  });
  for (const [at, unit] of units.entries()) {
    const device = found[at];
    if (device === undefined) sorted.missing.push(unit);
    else if (device instanceof TouchmarkError) sorted.rejected.push({ unit, reason: device });
  }
  return sorted;
}
