// SPDX-License-Identifier: Apache-2.0
import { readBytes } from "../files.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const rotate = verb({
  command: "rotate <port> <chain>",
  describe: "Take a unit to other witnesses, another board or another root",
  builder: (yargs) =>
    portArguments(yargs)
      .positional("chain", { type: "string", demandOption: true, describe: "As release prove --rotate writes it" })
      .example("$0 device rotate /dev/ttyACM0 trust.chain", ""),
  handler: (args) =>
    withUnit(args, async (unit) => {
      const json = await unit.rotate(await readBytes(args.chain));
      return { json, text: table(Object.entries(json)) };
    }),
});
