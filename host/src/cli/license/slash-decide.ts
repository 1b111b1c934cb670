// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const decideSlash = verb({
  command: "slash-decide <id> <verdict>",
  describe: "Admin who did not propose it: uphold or dismiss a contested slash",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("verdict", {
        choices: ["uphold", "dismiss"],
        demandOption: true,
        describe: "Dismissed, it takes nothing",
      })
      .example("$0 license slash-decide 7 uphold --key admin.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", { method: "decideSlash", args: [args.id, args.verdict === "uphold"] }),
});
