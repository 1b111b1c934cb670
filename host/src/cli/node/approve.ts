// SPDX-License-Identifier: Apache-2.0

import { holderArguments } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const approve = verb({
  command: "approve <id> <address>",
  describe: "Owner: let another account hand the node over, once; the zero address takes that back",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "May transfer this node" })
      .example("$0 node approve 7 0x1f9a… --key owner.pem", ""),
  handler: (args, io) =>
    sendAs(args, io, "nodes", { method: "approve", args: [args.address, args.id], event: "Approval" }),
});
