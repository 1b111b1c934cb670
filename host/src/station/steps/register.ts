// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { requireProof } from "../../registry/batch/prove.ts";
import { findDevice, type RegisteredUnit, registerUnits } from "../../registry/register.ts";
import { isInBatch } from "../../registry/roots/ledger-units.ts";
import type { Job, Station } from "../station.ts";

/**
 * The unit's node on chain under the ManufacturerID, once.
 * @returns its token id
 * @throws as registerUnits, and where it has to be proved as requireProof; LEDGER_CONFLICT for a unit of a batch root
 * that was not claimed yet
 */
export async function register(job: Job): Promise<bigint> {
  const { station } = job;
  const { chipId } = job.hello;
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
  if (station.proveRegistration) await proveIt(job, registered, station.proveRegistration);
  if (state === "verified") ledger.units.advance(chipId, "registered", now(), { tokenId });
  return tokenId;
}

// By the witnesses that lock asks, too. In our registry the devices' ERC-721 is the registry.
async function proveIt(
  { station, unit }: Job,
  registered: RegisteredUnit,
  terms: NonNullable<Station["proveRegistration"]>,
): Promise<void> {
  const { registry, proofs: sources, line } = station;
  const { contract } = registry;
  const { trust } = await unit.state();
  const { manufacturerId } = line.certificate.manufacturer;
  const run = { backend: { contract, devices: registry.devices, tokens: contract }, manufacturerId, terms };
  await requireProof(run, { trust, registry: fromHex(String(contract.target)), sources }, [registered]);
}
