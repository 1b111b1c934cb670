// SPDX-License-Identifier: Apache-2.0
import type { TrustBlock } from "../../protocol/trust-block.ts";
import { proveChainBlock } from "../../release/prove.ts";
import type { Job } from "../station.ts";
import { requireAttested } from "./attested.ts";
import { requireSameUnit } from "./identify.ts";
import { requireTrustFrom } from "./known-trust.ts";

/**
 * Burns the unit's trust in, over its own challenge, then lets it attest that it is locked and its debug port closed.
 * Irreversible.
 * @param taken what the unit has enrolled with, where that was just now; otherwise it is asked for
 * @throws the unit's refusal, as proveChainBlock, as requireAttested
 */
export async function lock(job: Job, taken?: TrustBlock): Promise<void> {
  const { station, unit } = job;
  const { chipId } = job.hello;
  const { ledger, proofs, now } = station;
  const { life, digest } = await requireSameUnit(unit, chipId);
  if (life !== "locked") {
    ledger.events.add({ at: now(), subject: chipId, what: "locking", data: {} });
    const trust = taken ?? (await unit.state()).trust;
    requireTrustFrom(trust, station);
    const nonce = await unit.challenge();
    await unit.lock(await proveChainBlock({ trust, nonce, release: digest, root: true }, proofs));
  }
  // One that was locked when it came has attested in place of verifying.
  if (job.hello.life !== "locked") await requireAttested(job);
  if (ledger.units.byChip(chipId)?.state === "registered") ledger.units.advance(chipId, "locked", now());
}
