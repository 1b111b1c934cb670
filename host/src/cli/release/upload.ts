// SPDX-License-Identifier: Apache-2.0
import { decodeBundle } from "../../protocol/bundle.ts";
import { manifestDigest } from "../../protocol/suit-manifest.ts";
import { portArguments, withUnit } from "../device/port.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const upload = verb({
  command: "upload <port> <bundle>",
  describe: "Send a bundle to a unit, from where an earlier upload stopped",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("bundle", { type: "string", demandOption: true })
      .option("test", { type: "boolean", default: false, describe: "Boot it once and try it" })
      .example("$0 release upload /dev/ttyACM0 app.suit --test", "the unit proves the license to itself first"),
  handler: async (args, io) => {
    const bundle = await readBytes(args.bundle);
    const digest = manifestDigest(decodeBundle(bundle).manifest);
    return withUnit(args, async (unit) => {
      await unit.upload(bundle, (sent, total) => io.progress(`${sent} of ${total} bytes`));
      if (args.test) {
        await unit.test(digest);
        await unit.reset();
      }
      const json = { digest, bytes: bundle.length, testing: args.test };
      return { json, text: table(Object.entries(json)) };
    });
  },
});
