// SPDX-License-Identifier: Apache-2.0

import { holderArguments } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const announcer = verb({
  command: "announcer <id> <address>",
  describe: "Owner: let an account announce and withdraw releases, or no longer",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "Never the OTA signer's" })
      .option("remove", { type: "boolean", default: false, describe: "No longer" })
      .example("$0 board announcer 7 0x1f9a… --key owner.pem", ""),
  handler: (args, io) => {
    const call = [args.id, args.address, !args.remove];
    return sendAs(args, io, "board", { method: "setAnnouncer", args: call, event: "AnnouncerSet" });
  },
});
