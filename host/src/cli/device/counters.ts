// SPDX-License-Identifier: Apache-2.0
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const counters = verb({
  command: "counters <port>",
  describe: "Show the instructions that the unit's last install decision took, where its port counts them",
  builder: (yargs) => portArguments(yargs).example("$0 device counters unix:/tmp/unit.sock", ""),
  handler: (args) =>
    withUnit(args, async (unit) => {
      const json = await unit.counters();
      return { json, text: table(Object.entries(json)) || "nothing was counted" };
    }),
});
