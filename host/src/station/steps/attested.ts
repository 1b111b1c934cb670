// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import type { AttestationClaims } from "../../protocol/attestation-claims.ts";
import { equalBytes } from "../../protocol/bytes.ts";
import { type TrustBlock, trustHash } from "../../protocol/trust-block.ts";
import { requireFinished, verifyAttestation } from "../../verify/attestation.ts";
import type { Job, Station } from "../station.ts";
import { issuer } from "./enroll.ts";
import { completed, requireTrustFrom } from "./known-trust.ts";

/**
 * A locked unit's own word, by its certified key over a fresh nonce: that it is this unit, locked, its debug port
 * closed, and whom it trusts. What hello says is nobody's word.
 * @throws WRONG_UNIT, TRUST_FOREIGN, UNIT_NOT_LOCKED, UNIT_DEBUG_OPEN, as verifyAttestation
 */
export async function requireAttested({ station, unit, hello: { chipId } }: Job): Promise<void> {
  const device = station.ledger.units.byChip(chipId)?.certificate ?? new Uint8Array();
  const nonce = randomBytes(32);
  const certificates = [device, issuer(station, chipId)] as const;
  const { claims } = verifyAttestation(await unit.attest(nonce), { root: station.line.root.der, nonce, certificates });
  if (claims.chipId !== chipId)
    throw new TouchmarkError("WRONG_UNIT", { data: { expected: chipId, chipId: claims.chipId } });
  requireFinished(claims);
  if (!equalBytes(claims.trustHash, trustHash(completed(station))))
    requireMoved(claims, (await unit.state()).trust, station);
}

function requireMoved(claims: AttestationClaims, trust: TrustBlock, station: Station): void {
  if (!equalBytes(claims.trustHash, trustHash(trust)))
    throw new TouchmarkError("TRUST_FOREIGN", { data: { differs: ["trustHash"] } });
  requireTrustFrom(trust, station);
}
