// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { TouchmarkError } from "../../errors.ts";
import { WitnessRecord } from "../../witness/record.ts";

/**
 * A record that was begun before. None is made here: under a new one an old key could vouch for a second block of a
 * number.
 *
 * @throws WITNESS_RECORD_MISSING; as Database for what is none
 */
export function openRecord(path: string): WitnessRecord {
  if (!existsSync(path)) throw new TouchmarkError("WITNESS_RECORD_MISSING", { data: { path } });
  const record = new WitnessRecord(path);
  if (!record.isBlank) return record;
  record[Symbol.dispose]();
  throw new TouchmarkError("WITNESS_RECORD_MISSING", { data: { path, is: "empty" } });
}
