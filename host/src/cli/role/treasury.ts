// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";

export const treasury = verb({
  command: "treasury <address>",
  describe: "Admin: name where slashed stakes go",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "Account" })
      .example("$0 role treasury 0x1f9a… --key admin.pem", ""),
  handler: (args, io) =>
    send(args, io, "roles", { method: "setTreasury", args: [args.address], event: "TreasuryChanged" }),
});
