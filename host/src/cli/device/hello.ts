// SPDX-License-Identifier: Apache-2.0
import { slotName, table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const hello = verb({
  command: "hello <port>",
  describe: "Ask a unit who it is and what it runs",
  builder: (yargs) => portArguments(yargs).example("$0 device hello /dev/ttyACM0", "chip, life, version, slot"),
  handler: (args) =>
    withUnit(args, async (unit) => {
      const said = await unit.hello();
      const json = { ...said, slot: slotName(said.slot) };
      return { json, text: table(Object.entries(json)) };
    }),
});
