// SPDX-License-Identifier: Apache-2.0
// What a line does with units that come back. Each can be repeated: where it stopped is read from ledger and chain.
//
//   refurbish: ownership alone; the unit keeps key, certificate and serial number
//   replace:   another board in the same product: the node gets the new board's address, the old one resolves no more
//   scrap:     the node is revoked; nobody takes the unit for genuine any more
import type { UnitClient } from "../device/unit-client.ts";
import { TouchmarkError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { UnitRow } from "../ledger/units.ts";
import type { RegistryBackend } from "../registry/backend/backend.ts";
import { resolveDevice } from "../registry/device/device.ts";
import { giveBack, reprovision } from "../registry/device/give-back.ts";
import { type ResetDevice, resetDevice } from "../registry/device/reset.ts";
import { revokeDevice } from "../registry/device/revoke.ts";
import { chainPlace } from "./chain-place.ts";
import { type ProvisionOptions, provision } from "./provision.ts";
import type { Station, UnitOrder } from "./station.ts";
import { identify } from "./steps/identify.ts";

export interface Desk {
  readonly ledger: Ledger;
  readonly backend: RegistryBackend;
  /** Unix seconds. */
  readonly now: () => number;
}

/**
 * @param by "owner" gives it back; "maker" takes it, where its owner has agreed
 * @returns the unit, whose token id DIMO's registry changes
 * @throws UNIT_RETIRED, PREFLIGHT, REGISTRATION_MISMATCH where another key or node came of it
 */
export async function refurbish(desk: Desk, unit: UnitRow, by: "owner" | "maker", agreed: boolean): Promise<UnitRow> {
  const { ledger, backend, now } = desk;
  const { chipId, address } = requireInUse(unit);
  const node = await resolveDevice(backend, address);
  ledger.events.add({ at: now(), subject: chipId, what: "refurbishing", data: { tokenId: `${node.tokenId}`, by } });
  const after = by === "maker" ? await reprovision(backend, node, agreed) : await giveBack(backend, node);
  if (after.address !== address || after.claimed)
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { address, addressOfToken: after.address } });
  ledger.transaction(() => ledger.units.moveToken(chipId, after.tokenId, now()));
  return ledger.units.byChip(chipId) ?? unit;
}

/**
 * The last event says what became of it on chain: revoked, never registered, or moved to another board, which stays.
 * @throws as chainPlace, PREFLIGHT on a registry without revocation: the ledger has retired the unit by then, the chain
 * has not
 */
export async function scrap(desk: Desk, unit: UnitRow, reason: string): Promise<UnitRow> {
  const { ledger, backend, now } = desk;
  const { chipId } = unit;
  ledger.events.add({ at: now(), subject: chipId, what: "scrapping", data: { reason } });
  retire(ledger, unit, now());
  const { kind, ...place } = await chainPlace(desk, unit);
  if (kind === "node" && "tokenId" in place) {
    retire(ledger, unit, now(), place.tokenId);
    await revokeDevice(backend, place.tokenId, reason);
  }
  const what = kind === "node" || kind === "leaf revoked" ? "revoked" : kind;
  const data = "tokenId" in place ? { ...place, tokenId: `${place.tokenId}` } : place;
  ledger.events.add({ at: now(), subject: chipId, what, data });
  return ledger.units.byChip(chipId) ?? unit;
}

export interface ReplacedBoard {
  readonly board: UnitRow | undefined;
  /** Absent where the old board was never registered. */
  readonly reset?: ResetDevice;
}

/**
 * Provisions a new board under the old one's serial number and IMEI, and moves the node to it before it is locked.
 * @param old by now or earlier the board that is taken out
 * @throws as chainPlace, provision and resetDevice; LEDGER_CONFLICT where the old board is this one, or was scrapped for good;
 *   as identify for a board that cannot take its place: the old one is not retired for it
 */
export async function replaceBoard(
  { ledger, backend, now }: Desk,
  station: Station,
  client: UnitClient,
  old: UnitRow,
  order: Pick<UnitOrder, "chipId" | "tests">,
  onStep?: ProvisionOptions["onStep"],
): Promise<ReplacedBoard> {
  const { chipId } = await client.waitForHello();
  const finished = ledger.events.of(old.chipId).some(({ what }) => what === "scrapping");
  if (chipId === old.chipId || finished) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId: old.chipId } });
  const { serial, imei } = old;
  const taking = { ...order, serial, ...(imei !== undefined && { imei }), replaces: old.chipId };
  // A leaf that can be claimed still would be the product's second node.
  const place = await chainPlace({ ledger, backend }, old);
  await identify(station, client, taking);
  const tokenId = "tokenId" in place ? place.tokenId : undefined;
  if (old.state !== "scrapped")
    ledger.events.add({ at: now(), subject: old.chipId, what: "replacing", data: { chipId } });
  retire(ledger, old, now(), tokenId);
  const born = await provision(station, client, taking, { until: "verify", ...(onStep && { onStep }) });
  const reset = tokenId === undefined || !born ? undefined : await resetDevice(backend, tokenId, born.address);
  if (reset)
    ledger.events.add({
      at: now(),
      subject: old.chipId,
      what: "replaced",
      data: { tokenId: `${reset.tokenId}`, address: reset.address, oldAddressResolves: reset.oldAddressResolves },
    });
  const board = await provision(station, client, taking, { ...(onStep && { onStep }) });
  return { board, ...(reset && { reset }) };
}

/** The board whose place this one takes: once it is certified, the product's serial number names the new one. */
export function replacedBy({ units, events }: Ledger, chipId: string): UnitRow | undefined {
  return units
    .all()
    .filter(({ state }) => state === "scrapped")
    .find((unit) => events.of(unit.chipId).some(({ what, data }) => what === "replacing" && data["chipId"] === chipId));
}

/** @param found the unit's token on chain, for a row that does not know it */
function retire(ledger: Ledger, { chipId, tokenId }: UnitRow, at: number, found?: bigint): void {
  const news = tokenId === undefined && found !== undefined ? { tokenId: found } : {};
  ledger.transaction(() => ledger.units.advance(chipId, "scrapped", at, news));
}

function requireInUse(unit: UnitRow): UnitRow {
  if (unit.state === "scrapped") throw new TouchmarkError("UNIT_RETIRED", { data: { chipId: unit.chipId } });
  return unit;
}
