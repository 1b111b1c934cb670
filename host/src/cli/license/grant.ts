// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { instant, nodeArguments } from "./arguments.ts";

export const grant = verb({
  command: "grant <id>",
  describe: "Licensor: grant what was applied for, after three audits",
  builder: (yargs) =>
    nodeArguments(yargs)
      .option("until", { type: "string", demandOption: true, describe: "Date, UTC; no later than any audit's" })
      .option("quota", { type: "number", demandOption: true, describe: "Units that may be registered" })
      .example("$0 license grant 7 --until 2027-12-31 --quota 10000 --key licensor.pem", ""),
  handler: (args, io) => {
    const terms = { id: args.id, expiry: instant("until", args.until), quota: args.quota };
    return send(args, io, "programme", { method: "grant", args: [terms], event: "Granted" });
  },
});
