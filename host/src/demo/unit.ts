// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChipFiles, makeChip } from "../device/chip-files.ts";
import { makeEspChip, startEspQemu } from "../device/esp-qemu.ts";
import { flashChip } from "../device/flash-chip.ts";
import { startQemu } from "../device/qemu.ts";
import { RomLoader } from "../device/rom-loader.ts";
import { UnitClient } from "../device/unit-client.ts";
import type { VirtualUnit } from "../device/virtual-unit.ts";
import type { Workshop } from "./world.ts";

export interface DemoUnit {
  readonly machine: VirtualUnit;
  readonly client: UnitClient;
}

/** Espressif's QEMU brings to its file what it has acknowledged within this time. */
const SETTLE_MS = 20;

/** A new chip with the factory image; the ESP32-C3's through its mask ROM, as on a board. */
export async function flashNewChip({ port, espQemu, folder }: Workshop, factoryImage: Uint8Array): Promise<ChipFiles> {
  if (port === "virt") return makeChip(join(folder, "unit"), factoryImage);
  const chip = makeEspChip(join(folder, "unit"));
  const machine = await startEspQemu(espQemu, chip, { download: true });
  try {
    await using loader = await RomLoader.open(machine.address);
    await flashChip(loader, factoryImage, () => undefined);
    await sleep(SETTLE_MS);
  } finally {
    await machine.kill();
  }
  return chip;
}

/** The chip, powered. */
export async function bootUnit({ port, espQemu }: Workshop, chip: ChipFiles): Promise<DemoUnit> {
  const machine = await (port === "virt" ? startQemu(chip) : startEspQemu(espQemu, chip));
  return { machine, client: await UnitClient.connect(machine.address) };
}
