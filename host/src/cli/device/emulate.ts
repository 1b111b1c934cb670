// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { buttonIn } from "../../device/button.ts";
import { type ChipFiles, chipFilesIn, makeChip } from "../../device/chip-files.ts";
import { powerChip } from "../../device/chip-power.ts";
import { makeEspChip, requireEspQemu, startEspQemu } from "../../device/esp-qemu.ts";
import { startQemu } from "../../device/qemu.ts";
import type { VirtualUnit } from "../../device/virtual-unit.ts";
import { TouchmarkError } from "../../errors.ts";
import { factoryImageBytes } from "../../release/factory.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const emulate = verb({
  command: "emulate <folder>",
  describe: "Power an emulated unit, whose chip is two files in the folder, until Ctrl-C",
  builder: (yargs) =>
    yargs
      .positional("folder", { type: "string", demandOption: true, describe: "Of the chip" })
      .option("port", {
        choices: ["virt", "esp32c3"] as const,
        default: "virt" as const,
        describe: "Which chip; esp32c3 needs ESP_QEMU",
      })
      .option("factory", { type: "string", describe: "Make a new chip of virt, flashed with this image" })
      .option("download", {
        type: "boolean",
        default: false,
        describe: "esp32c3 with BOOT held: its ROM's loader, for device flash and harden; makes a chip where none is",
      })
      .option("serial", { type: "string", default: "pty", describe: "pty, unix:PATH or tcp:HOST:PORT" })
      .option("button", {
        type: "boolean",
        default: false,
        describe: "virt with a button, for device press; without it somebody always is at the unit",
      })
      .option("detach", { type: "boolean", default: false, describe: "Leave it running" })
      .example("$0 device emulate unit-1 --factory factory.bin", "a blank unit; the next time without --factory")
      .example("$0 device emulate chip-1 --port esp32c3 --download", "a blank chip, to be flashed"),
  handler: async (args, io) => {
    const machine = await (args.port === "virt" ? startVirt(args) : startEsp(args));
    const { address: port, pid } = machine;
    const json = { port, pid };
    if (args.detach) {
      machine.release();
      return { json, text: table(Object.entries(json)) };
    }
    io.say(table(Object.entries(json)));
    const exitCode = await machine.exited;
    return { json: { ...json, exitCode }, text: `the machine ended by itself: ${exitCode}`, refused: true };
  },
});

interface EmulateArguments {
  readonly folder: string;
  readonly serial: string;
  readonly factory: string | undefined;
  readonly download: boolean;
  readonly button: boolean;
}

async function startVirt({ folder, factory, download, serial, button }: EmulateArguments): Promise<VirtualUnit> {
  if (download) throw new TouchmarkError("USAGE", { data: { option: "download", expected: "--port esp32c3" } });
  const chip = await chipOf(folder, factory);
  const options = button ? { serial, button: buttonIn(folder) } : { serial };
  return powerChip(folder, () => startQemu(chip, options));
}

function startEsp({ folder, factory, download, serial, button }: EmulateArguments): Promise<VirtualUnit> {
  if (button) throw new TouchmarkError("USAGE", { data: { option: "button", expected: "--port virt" } });
  if (factory !== undefined)
    throw new TouchmarkError("USAGE", { data: { option: "factory", expected: "--download, then device flash" } });
  const program = process.env["ESP_QEMU"];
  requireEspQemu(program);
  const files = chipFilesIn(folder);
  const isThere = existsSync(files.flash) || existsSync(files.oneTime);
  if (!isThere && !download)
    throw new TouchmarkError("FILE_MISSING", { data: { path: files.flash, hint: "--download makes it" } });
  const chip = isThere ? files : makeEspChip(folder);
  return powerChip(folder, () => startEspQemu(program, chip, { serial, download }));
}

async function chipOf(folder: string, factory: string | undefined): Promise<ChipFiles> {
  const files = chipFilesIn(folder);
  const isThere = existsSync(files.flash) || existsSync(files.oneTime);
  if (factory === undefined) {
    if (!isThere) throw new TouchmarkError("FILE_MISSING", { data: { path: files.flash, hint: "--factory makes it" } });
    return files;
  }
  if (isThere) throw new TouchmarkError("FILE_EXISTS", { data: { path: files.flash } });
  const image = await readBytes(factory);
  const expected = factoryImageBytes("virt");
  if (image.length !== expected) throw new TouchmarkError("IMAGE_SIZE", { data: { bytes: image.length, expected } });
  return makeChip(folder, image);
}
