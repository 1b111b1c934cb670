// SPDX-License-Identifier: Apache-2.0
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const reset = verb({
  command: "reset <port>",
  describe: "Restart the unit and wait until it is back",
  builder: (yargs) => portArguments(yargs).example("$0 device reset /dev/ttyACM0", ""),
  handler: (args) =>
    withUnit(args, async (unit) => {
      await unit.reset();
      const { chipId, version, life } = await unit.waitForHello();
      const json = { chipId, version, life };
      return { json, text: table(Object.entries(json)) };
    }),
});
