// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { findDevice, registerUnits } from "../../registry/register.ts";
import { isInBatch } from "../../registry/roots/ledger-units.ts";
import type { Job } from "../station.ts";

/**
 * The unit's node on chain under the ManufacturerID, once.
 * @returns its token id
 * @throws as registerUnits; LEDGER_CONFLICT for a unit of a batch root that was not claimed yet
 */
export async function register({ station, hello: { chipId } }: Job): Promise<bigint> {
  const { ledger, registry, line, now } = station;
  const row = ledger.units.byChip(chipId);
  if (!row) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId } });
  const { address, serial, imei, state } = row;
  if (state === "verified") ledger.events.add({ at: now(), subject: chipId, what: "registering", data: { address } });
  const { manufacturerId } = line.certificate.manufacturer;
  // Minted beside its batch it could never be claimed from it, and would be charged to the quota twice.
  if (isInBatch(ledger, chipId) && (await findDevice(registry, manufacturerId, address)) === undefined)
    throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, what: "in a batch root, not claimed yet" } });
  const unit = { address, serial, ...(imei !== undefined && { imei }) };
  const [registered] = await registerUnits(registry, manufacturerId, [unit]);
  if (!registered) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address } });
  const { tokenId } = registered;
  if (state === "verified") ledger.units.advance(chipId, "registered", now(), { tokenId });
  return tokenId;
}
