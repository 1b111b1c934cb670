// SPDX-License-Identifier: Apache-2.0

import { transact } from "../../registry/transaction.ts";
import { accountArguments, sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";

export const mint = verb({
  command: "mint <names..>",
  describe: "Admin: mint nodes to the admin, who hands each to its controller; registry node does both for one",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("names", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "1 to 32 of A-Z a-z 0-9 space . & ' + -",
      })
      .example('$0 node mint "Acme Motors" Zenith --key admin.pem', ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account }) => {
      const call = [await account?.getAddress(), args.names];
      const event = "ManufacturerNodeMinted";
      return sent(await transact({ contract: contract("nodes"), method: "mintManufacturerBatch", args: call, event }));
    }),
});
