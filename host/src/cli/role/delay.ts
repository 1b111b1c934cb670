// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";

const DAY_S = 86_400n;

export const delay = verb({
  command: "delay <days>",
  describe: "Admin: change how long a proposed admin waits; takes effect after a wait of its own",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("days", { type: "string", demandOption: true, describe: "Whole days" })
      .example("$0 role delay 7 --key admin.pem", ""),
  handler: (args, io) =>
    send(args, io, "roles", {
      method: "changeDefaultAdminDelay",
      args: [wholeNumber("days", args.days) * DAY_S],
      event: "DefaultAdminDelayChangeScheduled",
    }),
});
