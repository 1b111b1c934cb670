// SPDX-License-Identifier: Apache-2.0
import { mintManufacturer } from "../../registry/manufacturer-node.ts";
import { accountArguments, withChain } from "../chain.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const node = verb({
  command: "node <name> <controller>",
  describe: "Admin: mint a ManufacturerID and hand it to its controller",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("name", { type: "string", demandOption: true, describe: "1 to 32 of A-Z a-z 0-9 space . & ' + -" })
      .positional("controller", { type: "string", demandOption: true, describe: "The manufacturer's account" })
      .example('$0 registry node "Acme Motors" 0x90F7… --key admin.pem', ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account }) => {
      const { name, controller } = args;
      const admin = (await account?.getAddress()) ?? "";
      const manufacturerId = await mintManufacturer(contract("nodes"), { admin, controller, name });
      const json = { manufacturerId, name, controller };
      return { json, text: table(Object.entries(json)) };
    }),
});
