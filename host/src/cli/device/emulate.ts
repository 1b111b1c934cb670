// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { chipFilesIn, makeChip } from "../../device/chip-files.ts";
import { startQemu } from "../../device/qemu.ts";
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
      .option("factory", { type: "string", describe: "Make a new chip, flashed with this image" })
      .option("serial", { type: "string", default: "pty", describe: "pty, unix:PATH or tcp:HOST:PORT" })
      .option("detach", { type: "boolean", default: false, describe: "Leave it running" })
      .example("$0 device emulate unit-1 --factory factory.bin", "a blank unit; the next time without --factory"),
  handler: async (args, io) => {
    const machine = await startQemu(await chipOf(args.folder, args.factory), { serial: args.serial });
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

async function chipOf(folder: string, factory: string | undefined) {
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
