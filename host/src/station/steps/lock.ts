// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { proveChainBlock } from "../../release/prove.ts";
import type { Job } from "../station.ts";
import { requireSameUnit } from "./identify.ts";

/**
 * Burns the unit's trust in, over its own challenge. Irreversible.
 * @throws WRONG_UNIT, the unit's refusal, as proveChainBlock
 */
export async function lock({ station, unit, hello: { chipId } }: Job): Promise<void> {
  const { ledger, proofs, now } = station;
  const { life, digest } = await requireSameUnit(unit, chipId);
  if (life !== "locked") {
    ledger.events.add({ at: now(), subject: chipId, what: "locking", data: {} });
    const { trust } = await unit.state();
    const nonce = await unit.challenge();
    await unit.lock(await proveChainBlock({ trust, nonce, release: digest, root: true }, proofs));
    const after = await requireSameUnit(unit, chipId);
    if (after.life !== "locked") throw new TouchmarkError("LOCK_NOT_READY", { data: { life: after.life } });
  }
  if (ledger.units.byChip(chipId)?.state === "registered") ledger.units.advance(chipId, "locked", now());
}
