// SPDX-License-Identifier: Apache-2.0
// Our list against a registry, unit by unit, in both directions.
import { isTouchmarkError } from "../../errors.ts";
import { attributeFields } from "../attributes.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import type { RegistrableUnit } from "../register.ts";
import { type DeviceState, deviceState } from "./device.ts";

export interface CheckedUnit {
  readonly address: string;
  readonly device: DeviceState | undefined;
  /** What is not as the list says; empty where all is. */
  readonly faults: readonly string[];
}

/** @param units with the attributes that they should have; none are compared where the list names none */
export async function checkUnit(
  backend: RegistryBackend,
  manufacturerId: bigint,
  unit: Pick<RegistrableUnit, "address"> & Partial<RegistrableUnit>,
): Promise<CheckedUnit> {
  const { address } = unit;
  try {
    const device = await deviceState(backend, address);
    const faults = attributeFields.flatMap((field) => {
      const [listed, registered] = [unit[field], device.attributes[field]];
      return listed === undefined || listed === registered ? [] : [`${field} is ${registered ?? "missing"}`];
    });
    if (device.manufacturerId !== manufacturerId) faults.unshift(`of manufacturer ${device.manufacturerId}`);
    return { address, device, faults };
  } catch (error) {
    const known = isTouchmarkError(error, "PREFLIGHT") || isTouchmarkError(error, "REGISTRATION_MISMATCH");
    if (!known) throw error;
    return {
      address,
      device: undefined,
      faults: [error.code === "PREFLIGHT" ? "not registered" : mismatch(error.data)],
    };
  }
}

const mismatch = ({ tokenId, addressOfToken }: Readonly<Record<string, unknown>>): string =>
  `token ${String(tokenId)} is ${String(addressOfToken)}`;
