// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { UnitRow } from "../../ledger/units.ts";

/** @param name chip id, address or product serial number @throws USAGE */
export function findUnit({ units }: Ledger, name: string): UnitRow {
  const row = units.byChip(name.toLowerCase()) ?? units.byAddress(name.toLowerCase()) ?? units.bySerial(name);
  if (!row) throw new TouchmarkError("USAGE", { data: { name, hint: "no unit of this ledger" } });
  return row;
}
