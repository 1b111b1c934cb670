// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const executeSlash = verb({
  command: "slash-execute <id>",
  describe: "Anyone: take a slash to the treasury once its notice has passed and nothing contests it",
  builder: (yargs) => nodeArguments(yargs).example("$0 license slash-execute 7 --key any.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", { method: "executeSlash", args: [args.id], event: "SlashExecuted" }),
});
