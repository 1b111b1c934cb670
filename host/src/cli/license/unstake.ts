// SPDX-License-Identifier: Apache-2.0
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderArguments } from "./arguments.ts";

export const unstake = verb({
  command: "unstake <id>",
  describe: "Staker: take a released stake back once its notice has passed",
  builder: (yargs) =>
    holderArguments(yargs).example("$0 license unstake 7 --key owner.pem", "license status says from when"),
  handler: (args, io) =>
    sendAs(args, io, "programme", { method: "withdrawStake", args: [args.id], event: "StakeWithdrawn" }),
});
