// SPDX-License-Identifier: Apache-2.0
import { ZeroAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { RegistrableUnit } from "../register.ts";

/**
 * The chain takes one serial number for two units: the list must not hold it twice, nor an address or an IMEI.
 * @throws PREFLIGHT naming row (from 1), field and value
 */
export function checkList(units: readonly RegistrableUnit[]): void {
  const seen = { address: new Set<string>(), serial: new Set<string>(), imei: new Set<string>() };
  for (const [index, unit] of units.entries()) {
    const refuse = (what: string, value: string): never => {
      throw new TouchmarkError("PREFLIGHT", { data: { row: index + 1, what, value } });
    };
    if (!/^0x[0-9a-f]{40}$/.test(unit.address)) refuse("not an address in lower case", unit.address);
    if (unit.address === ZeroAddress) refuse("zero address", unit.address);
    if (unit.serial === "") refuse("empty serial", unit.address);
    for (const field of ["address", "serial", "imei"] as const) {
      const value = unit[field];
      if (value === undefined) continue;
      if (seen[field].has(value)) refuse(`${field} twice`, value);
      seen[field].add(value);
    }
  }
}
