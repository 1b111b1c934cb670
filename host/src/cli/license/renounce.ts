// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const renounce = verb({
  command: "renounce <id>",
  describe: "Manufacturer: give the license up; owners get fixes until the notice ends, then the stake is free",
  builder: (yargs) =>
    nodeArguments(yargs).example(
      "$0 license renounce 7 --key owner.pem",
      "a suspended license or an application ends at once",
    ),
  handler: (args, io) => send(args, io, "programme", { method: "renounce", args: [args.id], event: "Renounced" }),
});
