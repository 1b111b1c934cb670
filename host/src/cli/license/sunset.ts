// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { instant, nodeArguments } from "./arguments.ts";

export const sunset = verb({
  command: "sunset <id>",
  describe: "Licensor: wind a license down; until the date only releases that raise the security version",
  builder: (yargs) =>
    nodeArguments(yargs)
      .option("until", { type: "string", demandOption: true, describe: "Date, UTC" })
      .example("$0 license sunset 7 --until 2028-01-31 --key licensor.pem", ""),
  handler: (args, io) => {
    const call = [args.id, instant("until", args.until)];
    return send(args, io, "programme", { method: "sunset", args: call, event: "Sunset" });
  },
});
