// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { attributeFault, attributeFields } from "../../registry/attributes.ts";
import type { RegistrableUnit } from "../../registry/register.ts";

const FIELDS: readonly string[] = ["address", ...attributeFields];

/**
 * Units of a list: JSON `[{"address", "serial", "imei", …}]`, or CSV whose first line names these columns; no quotes, so
 * no comma within a value. All but address and serial may be left out.
 * @throws USAGE naming the row, from 1
 */
export function readUnitList(text: string): RegistrableUnit[] {
  return rowsOf(text).map((row, index) => toUnit(row, index + 1));
}

/** Rows of such a list, whatever their columns. @throws USAGE where there are none */
export function rowsOf(text: string): (Fields | null)[] {
  const rows = text.trimStart().startsWith("[") ? jsonRows(text) : csvRows(text);
  if (rows.length === 0) throw wrong(1, "a unit");
  return rows;
}

type Fields = Readonly<Record<string, unknown>>;

function jsonRows(text: string): Fields[] {
  try {
    return JSON.parse(text) as Fields[];
  } catch {
    throw new TouchmarkError("USAGE", { data: { expected: "JSON" } });
  }
}

function csvRows(text: string): Fields[] {
  const [head = [], ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((value) => value.trim()));
  return lines.map((values, index) => {
    if (values.length !== head.length) throw wrong(index + 1, `${head.length} values`);
    return Object.fromEntries(head.map((name, at) => [name, values[at]]));
  });
}

function toUnit(row: Fields | null, number: number): RegistrableUnit {
  const fields = row ?? {};
  const other = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (other !== undefined) throw wrong(number, `${FIELDS.join(", ")} alone, not ${other}`);
  const { address, serial } = fields;
  if (typeof address !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(address)) throw wrong(number, "an address");
  if (!isAddress(address)) throw wrong(number, "an address whose checksum (EIP-55) is right, or lower case");
  if (typeof serial !== "string") throw wrong(number, "a serial");
  const unit: Record<string, string> = { address: address.toLowerCase() };
  for (const field of attributeFields) {
    const value = fields[field] ?? "";
    if (value === "" && field !== "serial") continue;
    const fault = typeof value === "string" ? attributeFault(field, value) : `text for ${field}`;
    if (fault !== undefined) throw wrong(number, fault);
    unit[field] = String(value);
  }
  return unit as unknown as RegistrableUnit;
}

const wrong = (row: number, expected: string): TouchmarkError =>
  new TouchmarkError("USAGE", { data: { row, expected } });
