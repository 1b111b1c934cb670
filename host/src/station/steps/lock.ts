// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import type { TrustBlock } from "../../protocol/trust-block.ts";
import { proveChainBlock } from "../../release/prove.ts";
import { requireFinished, verifyAttestation } from "../../verify/attestation.ts";
import type { Job } from "../station.ts";
import { issuer } from "./enroll.ts";
import { requireSameUnit } from "./identify.ts";

/**
 * Burns the unit's trust in, over its own challenge, then lets it attest that it is locked and its debug port closed.
 * Irreversible.
 * @param taken what the unit has enrolled with, where that was just now; otherwise it is asked for
 * @throws WRONG_UNIT, the unit's refusal, as proveChainBlock; UNIT_NOT_LOCKED, UNIT_DEBUG_OPEN, as verifyAttestation
 */
export async function lock(job: Job, taken?: TrustBlock): Promise<void> {
  const { station, unit } = job;
  const { chipId } = job.hello;
  const { ledger, proofs, now } = station;
  const { life, digest } = await requireSameUnit(unit, chipId);
  if (life !== "locked") {
    ledger.events.add({ at: now(), subject: chipId, what: "locking", data: {} });
    const trust = taken ?? (await unit.state()).trust;
    const nonce = await unit.challenge();
    await unit.lock(await proveChainBlock({ trust, nonce, release: digest, root: true }, proofs));
  }
  if (life !== "locked" || ledger.units.byChip(chipId)?.state === "registered") await requireAttested(job);
  if (ledger.units.byChip(chipId)?.state === "registered") ledger.units.advance(chipId, "locked", now());
}

async function requireAttested({ station, unit, hello: { chipId } }: Job): Promise<void> {
  const device = station.ledger.units.byChip(chipId)?.certificate ?? new Uint8Array();
  const nonce = randomBytes(32);
  const certificates = [device, issuer(station, chipId)] as const;
  const { claims } = verifyAttestation(await unit.attest(nonce), { root: station.line.root.der, nonce, certificates });
  if (claims.chipId !== chipId)
    throw new TouchmarkError("WRONG_UNIT", { data: { expected: chipId, chipId: claims.chipId } });
  requireFinished(claims);
}
