// SPDX-License-Identifier: Apache-2.0
import type { UnitClient } from "../../device/unit-client.ts";
import { TouchmarkError } from "../../errors.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { UnitRow } from "../../ledger/units.ts";
import { equalBytes, toHex } from "../../protocol/bytes.ts";
import type { Hello } from "../../protocol/messages/hello.ts";
import { decodeMintingRecord, type TestResult } from "../../protocol/minting-record.ts";
import type { Station, UnitOrder } from "../station.ts";

/**
 * Who is on the cable, and is it this order's unit?
 * @throws WRONG_UNIT, CHAIN_ID_MISMATCH, CSR_BINDING for a unit that is not locked and runs other firmware than the station's,
 *   UNIT_RETIRED, LEDGER_CONFLICT for a unit with an identity that is not in this ledger, or is in it under another order
 */
export async function identify(station: Station, unit: UnitClient, order: UnitOrder): Promise<Hello> {
  const hello = await unit.waitForHello();
  const { chipId, chainId, digest, life } = hello;
  if (order.chipId !== undefined && order.chipId !== chipId) throw wrongUnit(order.chipId, chipId);
  if (chainId !== station.line.certificate.manufacturer.chainId) {
    throw new TouchmarkError("CHAIN_ID_MISMATCH", { data: { chainId: `${chainId}` } });
  }
  const row = station.ledger.units.byChip(chipId);
  if (row?.state === "scrapped") throw new TouchmarkError("UNIT_RETIRED", { data: { chipId } });
  const isNew = life === "blank" || life === "born";
  if (life !== "locked" && !equalBytes(digest, station.firmwareDigest)) {
    const digests = { runs: toHex(digest), expected: toHex(station.firmwareDigest) };
    throw new TouchmarkError("CSR_BINDING", { data: { differs: ["firmwareDigest"], ...digests } });
  }
  if (!isNew && row === undefined) throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, life } });
  if (row) requireSameOrder(row, order, station);
  return hello;
}

/** What certificate and minting record say of a unit stays: said otherwise later, it would be dropped. */
function requireSameOrder(row: UnitRow, { serial, imei, tests }: UnitOrder, { ledger, hardwareModel }: Station): void {
  const same = {
    serial: row.serial === serial,
    imei: row.imei === imei,
    model: row.hardwareModel === hardwareModel,
    tests: tests === undefined || reportsOf(tests) === reportsOf(testsOf(ledger, row)),
  };
  const differs = Object.entries(same).flatMap(([what, agrees]) => (agrees ? [] : [what]));
  if (differs.length === 0) return;
  const { chipId, hardwareModel: model } = row;
  throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, differs, serial: row.serial, model } });
}

function testsOf({ mintings }: Ledger, { chipId }: UnitRow): readonly TestResult[] {
  const minting = mintings.of(chipId);
  return minting ? decodeMintingRecord(minting.record).record.tests : [];
}

const reportsOf = (tests: readonly TestResult[]): string =>
  tests.map(({ test, passed, report }) => `${test} ${passed} ${toHex(report)}`).join();

/** Before a step that cannot be undone: cables may have been swapped since. @throws WRONG_UNIT */
export async function requireSameUnit(unit: UnitClient, expected: string): Promise<Hello> {
  const hello = await unit.hello();
  if (hello.chipId !== expected) throw wrongUnit(expected, hello.chipId);
  return hello;
}

const wrongUnit = (expected: string, chipId: string): TouchmarkError =>
  new TouchmarkError("WRONG_UNIT", { data: { expected, chipId } });
