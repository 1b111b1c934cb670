// SPDX-License-Identifier: Apache-2.0
import { flashChip } from "../../device/flash-chip.ts";
import { RomLoader } from "../../device/rom-loader.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments } from "./port.ts";

export const flash = verb({
  command: "flash <port> <factory>",
  describe: "Write a factory image to an ESP32-C3 through its mask ROM; goes on where an earlier try stopped",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("factory", { type: "string", demandOption: true, describe: "As touchmark release factory makes it" })
      .option("reset", {
        type: "boolean",
        default: true,
        describe: "Enter download mode by DTR and RTS; --no-reset where BOOT was held by hand",
      })
      .example("$0 device flash /dev/ttyUSB0 factory.bin", ""),
  handler: async (args, io) => {
    const image = await readBytes(args.factory);
    await using loader = await RomLoader.open(args.port, { baudRate: args.baud, reset: args.reset });
    const onProgress = (done: number, total: number): void => io.progress(`${done} of ${total} bytes`);
    const flashed = await flashChip(loader, image, onProgress);
    io.progress("");
    const json = { ...flashed, restarted: args.reset && (await loader.restart()) };
    return { json, text: table(Object.entries(json)) };
  },
});
