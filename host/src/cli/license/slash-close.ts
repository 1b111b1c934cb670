// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const closeSlash = verb({
  command: "slash-close <id>",
  describe: "Licensor: drop an open slash; anyone, once a contest has lapsed",
  builder: (yargs) => nodeArguments(yargs).example("$0 license slash-close 7 --key licensor.pem", ""),
  handler: (args, io) => send(args, io, "programme", { method: "closeSlash", args: [args.id], event: "SlashClosed" }),
});
