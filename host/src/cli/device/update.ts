// SPDX-License-Identifier: Apache-2.0
import { installRelease } from "../../device/install-release.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const update = verb({
  command: "update <port> <bundle>",
  describe: "Install a release: upload, one trial boot, confirm; goes on where an earlier try stopped",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true, describe: "As touchmark release prove writes it" })
      .example("$0 device update /dev/ttyACM0 app.suit", ""),
  handler: (args, io) =>
    withUnit(args, async (unit) => {
      const bundle = await readBytes(args.bundle);
      const { version, digest, slot } = await installRelease(unit, bundle, (sent, total) =>
        io.progress(`${sent} of ${total} bytes`),
      );
      io.progress("");
      const json = { version, digest, slot: slot === 0 ? "A" : "B" };
      return { json, text: table(Object.entries(json)) };
    }),
});
