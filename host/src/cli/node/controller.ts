// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const controller = verb({
  command: "controller <address>",
  describe: "Admin: make an account a controller, which may own one node, or end that",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "The manufacturer's account" })
      .option("remove", {
        type: "boolean",
        default: false,
        describe: "Its node stays where it is, idle, until it is transferred or reclaimed",
      })
      .example("$0 node controller 0x1f9a… --key admin.pem", ""),
  handler: (args, io) => {
    const call = args.remove
      ? { method: "removeController", event: "ControllerRemoved" }
      : { method: "setController", event: "ControllerSet" };
    return send(args, io, "nodes", { ...call, args: [args.address] });
  },
});
