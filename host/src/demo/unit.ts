// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { makeChip } from "../device/chip-files.ts";
import { startQemu } from "../device/qemu.ts";
import { UnitClient } from "../device/unit-client.ts";
import type { VirtualUnit } from "../device/virtual-unit.ts";

export interface DemoUnit {
  readonly machine: VirtualUnit;
  readonly client: UnitClient;
}

/** A new chip with the factory image, powered. */
export async function bootUnit(folder: string, factoryImage: Uint8Array): Promise<DemoUnit> {
  const machine = await startQemu(makeChip(join(folder, "unit"), factoryImage));
  return { machine, client: await UnitClient.connect(machine.address) };
}
