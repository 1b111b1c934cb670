// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { TrustBlock } from "../../protocol/trust-block.ts";
import { proveChainBlock } from "../../release/prove.ts";
import type { Job } from "../station.ts";
import { requireSameUnit } from "./identify.ts";

/**
 * Burns the unit's trust in, over its own challenge. Irreversible.
 * @param taken what the unit has enrolled with, where that was just now; otherwise it is asked for
 * @throws WRONG_UNIT, the unit's refusal, as proveChainBlock
 */
export async function lock({ station, unit, hello: { chipId } }: Job, taken?: TrustBlock): Promise<void> {
  const { ledger, proofs, now } = station;
  const { life, digest } = await requireSameUnit(unit, chipId);
  if (life !== "locked") {
    ledger.events.add({ at: now(), subject: chipId, what: "locking", data: {} });
    const trust = taken ?? (await unit.state()).trust;
    const nonce = await unit.challenge();
    await unit.lock(await proveChainBlock({ trust, nonce, release: digest, root: true }, proofs));
    const after = await requireSameUnit(unit, chipId);
    if (after.life !== "locked") throw new TouchmarkError("LOCK_NOT_READY", { data: { life: after.life } });
  }
  if (ledger.units.byChip(chipId)?.state === "registered") ledger.units.advance(chipId, "locked", now());
}
