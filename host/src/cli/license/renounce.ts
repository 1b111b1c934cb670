// SPDX-License-Identifier: Apache-2.0
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderArguments } from "./arguments.ts";

export const renounce = verb({
  command: "renounce <id>",
  describe: "Manufacturer: give the license up; owners get fixes until the notice ends, then the stake is free",
  builder: (yargs) =>
    holderArguments(yargs)
      .example("$0 license renounce 7 --key owner.pem", "a suspended license or an application ends at once")
      .example("$0 license renounce 7 --wallet 0x5afe…", "what a contract wallet has to send"),
  handler: (args, io) => sendAs(args, io, "programme", { method: "renounce", args: [args.id], event: "Renounced" }),
});
