// SPDX-License-Identifier: Apache-2.0
import { registerUnits } from "../../registry/register.ts";
import { accountArguments, withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";

export const register = verb({
  command: "register <id> <address>",
  describe: "Register one unit by hand, once; a station does it as it provisions",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("address", { type: "string", demandOption: true, describe: "The unit's birth address" })
      .option("serial", { type: "string", demandOption: true, describe: "Product serial number" })
      .option("imei", { type: "string", describe: "15 digits" })
      .example("$0 registry register 7 0x84bc… --serial TM1-0001 --key owner.pem", ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const registry = contract("registry");
      const { serial, imei } = args;
      const unit = { address: args.address.toLowerCase(), serial, ...(imei !== undefined && { imei }) };
      const devices = String(registry.target);
      const [json] = await registerUnits({ contract: registry, devices }, wholeNumber("id", args.id), [unit]);
      return { json, text: table(Object.entries(json ?? {})) };
    }),
});
