// SPDX-License-Identifier: Apache-2.0
import { installSmallest } from "../../device/install-release.ts";
import { readBytes } from "../files.ts";
import { slotName, table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const update = verb({
  command: "update <port> <bundle>",
  describe: "Install a release: upload, one trial boot, confirm; goes on where an earlier try stopped",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true, describe: "As touchmark release prove writes it" })
      .option("delta", {
        type: "string",
        describe: "The same release as a delta: tried first, the bundle if it is refused",
      })
      .example("$0 device update /dev/ttyACM0 app.suit", "")
      .example("$0 device update /dev/ttyACM0 app.suit --delta app-from-1.0.0.suit", ""),
  handler: (args, io) =>
    withUnit(args, async (unit) => {
      const bundle = await readBytes(args.bundle);
      const delta = args.delta === undefined ? undefined : await readBytes(args.delta);
      const onProgress = (sent: number, total: number): void => io.progress(`${sent} of ${total} bytes`);
      const { hello, by } = await installSmallest(unit, { bundle, ...(delta && { delta }) }, onProgress);
      io.progress("");
      const { version, digest, slot } = hello;
      const json = { version, digest, slot: slotName(slot), by };
      return { json, text: table(Object.entries(json)) };
    }),
});
