// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from "node:fs";
import { chipFilesIn } from "../../host/src/device/chip-files.ts";
import { startHostUnit } from "../../host/src/device/host-unit.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { factoryImage } from "../../host/src/release/factory.ts";
import type { Workshop } from "../../test/support/workshop.ts";
import { largeStation } from "../lib/large-station.ts";
import type { Bench } from "./campaign.ts";

const HOST_UNIT = new URL("../../build/firmware/host/touchmark-unit", import.meta.url).pathname;

export async function qemuBench(workshop: Workshop): Promise<Bench> {
  const station = await largeStation(workshop);
  return { workshop, station, newChip: () => workshop.newChip(), start: (chip) => startQemu(chip) };
}

/** The firmware as a process of this machine: build/firmware/host/touchmark-unit. */
export async function hostBench(workshop: Workshop): Promise<Bench> {
  const station = await largeStation(workshop);
  const { first, world } = workshop;
  const flash = factoryImage({ port: "host", bootloader: new Uint8Array(), release: first, trust: world.trust });
  let chips = 0;
  const newChip = () => {
    const folder = workshop.folder.join(`host-${++chips}`);
    mkdirSync(folder);
    const files = chipFilesIn(folder);
    writeFileSync(files.flash, flash);
    return files;
  };
  return { workshop, station, newChip, start: (chip) => startHostUnit(HOST_UNIT, chip, `${chip.flash}.sock`) };
}
