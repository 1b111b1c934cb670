// SPDX-License-Identifier: Apache-2.0
// Our list against a registry, unit by unit, in both directions.
import { isTouchmarkError } from "../../errors.ts";
import type { UnitState } from "../../protocol/registry-storage.ts";
import { attributeFields } from "../attributes.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import type { RegistrableUnit } from "../register.ts";
import { type DeviceState, deviceState } from "./device.ts";

export interface CheckedUnit {
  readonly address: string;
  readonly device: DeviceState | undefined;
  /** What is not as the list says; empty where all is. */
  readonly faults: readonly string[];
  /** Where all of it was proved: what the registry's storage says. */
  readonly proved?: UnitState;
}

/** A unit with the attributes that it should have; none are compared where the list names none. */
export type ListedUnit = Pick<RegistrableUnit, "address"> & Partial<RegistrableUnit>;

export async function checkUnit(
  backend: RegistryBackend,
  manufacturerId: bigint,
  unit: ListedUnit,
): Promise<CheckedUnit> {
  const { address } = unit;
  try {
    const device = await deviceState(backend, address);
    return { address, device, faults: faultsOf(device, unit, manufacturerId) };
  } catch (error) {
    if (isTouchmarkError(error, "PREFLIGHT"))
      return { address, device: undefined, faults: faultsOf(undefined, unit, manufacturerId) };
    if (!isTouchmarkError(error, "REGISTRATION_MISMATCH")) throw error;
    return { address, device: undefined, faults: [mismatch(error.data)] };
  }
}

/** What is not as the list says; undefined: no such device. */
export function faultsOf(device: DeviceState | undefined, unit: ListedUnit, manufacturerId: bigint): string[] {
  if (device === undefined) return ["not registered"];
  const faults = attributeFields.flatMap((field) => {
    const [listed, registered] = [unit[field], device.attributes[field]];
    return listed === undefined || listed === registered ? [] : [`${field} is ${registered ?? "missing"}`];
  });
  if (device.revoked) faults.unshift("revoked: do not use it");
  return device.manufacturerId === manufacturerId ? faults : [`of manufacturer ${device.manufacturerId}`, ...faults];
}

const mismatch = ({ tokenId, addressOfToken }: Readonly<Record<string, unknown>>): string =>
  `token ${String(tokenId)} is ${String(addressOfToken)}`;
