// SPDX-License-Identifier: Apache-2.0
// Both ports side by side: flash and RAM of what is built, and instructions of one install decision. The ESP32-C3's are
// counted where ESP_QEMU names Espressif's QEMU, whose counter runs at 160 MHz of a clock of 1 ns an instruction.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { DEMO_PORTS, type DemoPort } from "../../host/src/demo/firmware.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { hasEspQemu, startEspQemu } from "../../host/src/device/esp-qemu.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";
import { provision } from "../../host/src/station/provision.ts";
import { PoweredUnit } from "../../test/support/powered-unit.ts";
import { Workshop } from "../../test/support/workshop.ts";
import type { Figure } from "./figure.ts";

const KIB = 1024;
const COUNTED = { extra: ["-icount", "shift=0,sleep=off"] };
const { ESP_QEMU } = process.env;

const POWER: Readonly<Record<DemoPort, (chip: ChipFiles) => Promise<VirtualUnit>>> = {
  virt: (chip) => startQemu(chip, COUNTED),
  esp32c3: (chip) => startEspQemu(ESP_QEMU, chip, COUNTED),
};
const INSTRUCTIONS_A_COUNT: Readonly<Record<DemoPort, number>> = { virt: 1, esp32c3: 6.25 };

/** Each quantity of both, one under the other. */
export async function portFigures(): Promise<Figure[]> {
  const sizes = execFileSync("make", ["-s", "-C", "firmware", "sizes"], { encoding: "utf8" }).split("\n");
  const figures: Figure[] = [];
  for (const program of ["bootloader", "app"]) {
    for (const port of DEMO_PORTS) {
      const value = statSync(`build/firmware/${port}/${program}.bin`).size / KIB;
      figures.push({ figure: `ports.${program}.flash.${port}`, value, unit: "KiB" });
    }
    for (const port of DEMO_PORTS) {
      const row = sizes.find((line) => line.endsWith(`${port}/${program}.elf`)) ?? "";
      const [text = 0, data = 0, bss = 0] = row.trim().split(/\s+/).map(Number);
      const value = (text + data + bss) / KIB;
      figures.push({
        figure: `ports.${program}.ram.${port}`,
        value,
        unit: "KiB",
        note: "code and data, without stack",
      });
    }
  }
  for (const port of DEMO_PORTS) if (port === "virt" || hasEspQemu(ESP_QEMU)) figures.push(await install(port));
  return figures;
}

async function install(port: DemoPort): Promise<Figure> {
  await using workshop = await Workshop.open(port);
  const chip = workshop.newChip();
  {
    await using born = await workshop.power(chip);
    await provision(workshop.station, born.client, { serial: "FAKE-PORT" });
  }
  await using unit = await PoweredUnit.on(chip, POWER[port]);
  await unit.client.upload(await workshop.bundle(await workshop.release("1.1.0", 2), unit.client));
  const { instructions = 0, sha256Bytes = 0 } = await unit.client.counters();
  const value = Math.round(instructions * INSTRUCTIONS_A_COUNT[port]);
  return { figure: `ports.install.${port}`, value, unit: "instructions", note: `${sha256Bytes} bytes of SHA-256` };
}
