// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const quota = verb({
  command: "quota <id> <units>",
  describe: "Licensor: raise the number of units that may be registered",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("units", { type: "string", demandOption: true, describe: "More than now" })
      .example("$0 license quota 7 20000 --key licensor.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", {
      method: "raiseQuota",
      args: [args.id, wholeNumber("units", args.units)],
      event: "QuotaRaised",
    }),
});
