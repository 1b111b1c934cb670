// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { nodeArguments } from "../license/arguments.ts";
import { verb } from "../verb.ts";

export const reclaim = verb({
  command: "reclaim <id>",
  describe: "Admin: take a node back from an owner who is neither admin nor controller any more",
  builder: (yargs) => nodeArguments(yargs).example("$0 node reclaim 7 --key admin.pem", ""),
  handler: (args, io) =>
    send(args, io, "nodes", { method: "reclaim", args: [args.id], event: "ManufacturerNodeReclaimed" }),
});
