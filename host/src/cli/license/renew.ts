// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { instant, nodeArguments } from "./arguments.ts";

export const renew = verb({
  command: "renew <id>",
  describe: "Licensor: renew what was asked to be renewed",
  builder: (yargs) =>
    nodeArguments(yargs)
      .option("until", {
        type: "string",
        demandOption: true,
        describe: "Date, UTC; later than today's end, no later than any audit's",
      })
      .example("$0 license renew 7 --until 2029-12-31 --key licensor.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", { method: "renew", args: [args.id, instant("until", args.until)], event: "Renewed" }),
});
