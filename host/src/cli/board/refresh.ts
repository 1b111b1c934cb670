// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { nodeArguments } from "../license/arguments.ts";
import { verb } from "../verb.ts";

export const refresh = verb({
  command: "refresh <id>",
  describe: "Anyone: bring a license's standing to the board; it lapses where nobody does for 180 days",
  builder: (yargs) => nodeArguments(yargs).example("$0 board refresh 7 --key any.pem", ""),
  handler: (args, io) => send(args, io, "board", { method: "refresh", args: [args.id] }),
});
