// SPDX-License-Identifier: Apache-2.0
import { ZeroAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { attributeFault, attributeFields } from "../attributes.ts";
import type { RegistrableUnit } from "../register.ts";

/** One unit each: DIMO's registry takes a serial number, an IMEI or a DevEUI for two. */
const UNIQUE = ["address", "serial", "imei", "devEui"] as const;

/**
 * The chain takes the zero address, one serial number for two units, and any text: the list must hold none of these. A
 * row that stands there twice to the letter is one unit.
 *
 * @param earlier units that the account has sent before
 * @returns each unit once, in the order of the list
 * @throws PREFLIGHT naming row (from 1), field and value
 */
export function checkList(
  units: readonly RegistrableUnit[],
  earlier: readonly RegistrableUnit[] = [],
): RegistrableUnit[] {
  const holders = new Map<string, RegistrableUnit>();
  for (const unit of earlier) for (const [, key] of uniqueValues(unit)) holders.set(key, unit);
  const once = new Map<string, RegistrableUnit>();
  for (const [index, unit] of units.entries()) {
    checkUnit(unit, index + 1);
    for (const [field, key] of uniqueValues(unit)) {
      const holder = holders.get(key);
      if (holder !== undefined && !isSame(holder, unit))
        throw refusal(index + 1, `${field} twice`, unit[field], holder.address);
      holders.set(key, unit);
    }
    once.set(unit.address, unit);
  }
  return [...once.values()];
}

function checkUnit(unit: RegistrableUnit, row: number): void {
  const { address } = unit;
  if (!/^0x[0-9a-f]{40}$/.test(address)) throw refusal(row, "not an address in lower case", address);
  if (address === ZeroAddress) throw refusal(row, "zero address", address);
  for (const field of attributeFields) {
    const value = unit[field];
    const fault = value === undefined ? undefined : attributeFault(field, value);
    if (fault !== undefined) throw refusal(row, `not ${fault}`, value);
  }
}

function uniqueValues(unit: RegistrableUnit): [field: (typeof UNIQUE)[number], key: string][] {
  return UNIQUE.flatMap((field) => (unit[field] === undefined ? [] : [[field, `${field} ${unit[field]}`]]));
}

function isSame(a: RegistrableUnit, b: RegistrableUnit): boolean {
  return a.address === b.address && attributeFields.every((field) => a[field] === b[field]);
}

function refusal(row: number, what: string, value: unknown, of?: string): TouchmarkError {
  return new TouchmarkError("PREFLIGHT", { data: { row, what, value, of } });
}
