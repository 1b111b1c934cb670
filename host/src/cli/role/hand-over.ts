// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const handOver = verb({
  command: "hand-over <address>",
  describe: "Admin: propose the next admin, who accepts after the delay",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("address", {
        type: "string",
        demandOption: true,
        describe: "The zero address, accepted by role renounce, leaves nobody",
      })
      .example("$0 role hand-over 0x1f9a… --key admin.pem", "first of two steps"),
  handler: (args, io) =>
    send(args, io, "roles", {
      method: "beginDefaultAdminTransfer",
      args: [args.address],
      event: "DefaultAdminTransferScheduled",
    }),
});
