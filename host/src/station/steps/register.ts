// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { registerUnits } from "../../registry/register.ts";
import type { Job } from "../station.ts";

/**
 * The unit's node on chain under the ManufacturerID, once.
 * @returns its token id
 * @throws as registerUnits
 */
export async function register({ station, hello: { chipId } }: Job): Promise<bigint> {
  const { ledger, registry, line, now } = station;
  const row = ledger.units.byChip(chipId);
  if (!row) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId } });
  const { address, serial, imei, state } = row;
  if (state === "verified") ledger.events.add({ at: now(), subject: chipId, what: "registering", data: { address } });
  const { manufacturerId } = line.certificate.manufacturer;
  const unit = { address, serial, ...(imei !== undefined && { imei }) };
  const [registered] = await registerUnits(registry, manufacturerId, [unit]);
  if (!registered) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address } });
  const { tokenId } = registered;
  if (state === "verified") ledger.units.advance(chipId, "registered", now(), { tokenId });
  return tokenId;
}
