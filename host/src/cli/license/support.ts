// SPDX-License-Identifier: Apache-2.0
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderArguments, instant } from "./arguments.ts";

export const support = verb({
  command: "support <id>",
  describe: "Manufacturer: owe support until a date, which can only be extended",
  builder: (yargs) =>
    holderArguments(yargs)
      .option("until", { type: "string", demandOption: true, describe: "Date, UTC; later than the one that stands" })
      .example("$0 license support 7 --until 2031-12-31 --key owner.pem", "device genuine prints it"),
  handler: (args, io) =>
    sendAs(args, io, "programme", {
      method: "extendSupport",
      args: [args.id, instant("until", args.until)],
      event: "SupportExtended",
    }),
});
