// SPDX-License-Identifier: Apache-2.0
import { decodeChain } from "../../protocol/chain.ts";
import { words } from "../../protocol/generated.ts";
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const notice = verb({
  command: "notice <port> <chain>",
  describe: "Tell a unit what the chain says of its license: its floor rises, no older proof is taken any more",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("chain", { type: "string", demandOption: true, describe: "As release prove --notice writes it" })
      .example("$0 device notice /dev/ttyACM0 license.chain", ""),
  handler: async (args) => {
    const chain = await readBytes(args.chain);
    decodeChain(chain); // a bundle would be refused for its size alone
    return await withUnit(args, async (unit) => {
      const { floor, status } = await unit.notice(chain);
      const name = Object.entries(words.licenseStatus).find(([, number]) => number === status)?.[0];
      const json = { floor, status: name ?? status };
      return { json, text: table(Object.entries(json)) };
    });
  },
});
