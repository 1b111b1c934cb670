// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { nodeArguments } from "../license/arguments.ts";
import { verb } from "../verb.ts";

export const rename = verb({
  command: "rename <id> <name>",
  describe: "Admin: rename a manufacturer; the former name stays reserved for it",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("name", { type: "string", demandOption: true, describe: "1 to 32 of A-Z a-z 0-9 space . & ' + -" })
      .example("$0 node rename 7 Acme --key admin.pem", ""),
  handler: (args, io) =>
    send(args, io, "nodes", { method: "renameManufacturer", args: [args.id, args.name], event: "ManufacturerRenamed" }),
});
