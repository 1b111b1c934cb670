// SPDX-License-Identifier: Apache-2.0
import { sendAs, senderArguments } from "../sender.ts";
import { verb } from "../verb.ts";

export const operator = verb({
  command: "operator <address>",
  describe: "Owner: let another account act on all of the caller's nodes, or no longer",
  builder: (yargs) =>
    senderArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "May transfer, and grant privileges" })
      .option("remove", { type: "boolean", default: false, describe: "No longer" })
      .example("$0 node operator 0x1f9a… --key owner.pem", ""),
  handler: (args, io) =>
    sendAs(args, io, "nodes", {
      method: "setApprovalForAll",
      args: [args.address, !args.remove],
      event: "ApprovalForAll",
    }),
});
