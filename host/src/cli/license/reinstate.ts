// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const reinstate = verb({
  command: "reinstate <id>",
  describe: "Licensor: end a suspension",
  builder: (yargs) => nodeArguments(yargs).example("$0 license reinstate 7 --key licensor.pem", ""),
  handler: (args, io) => send(args, io, "programme", { method: "reinstate", args: [args.id], event: "Reinstated" }),
});
