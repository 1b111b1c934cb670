// SPDX-License-Identifier: Apache-2.0
import { unitStateToJson } from "../../protocol/messages/unit-state.ts";
import { writeBytes } from "../files.ts";
import { slotName, table } from "../print.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const state = verb({
  command: "state <port>",
  describe: "Export what decides whether the unit takes a release: trust, floor, counters",
  builder: (yargs) =>
    portArguments(yargs)
      .option("out", { type: "string", describe: "File for release prove and release verify" })
      .option("force", { type: "boolean", default: false, describe: "Overwrite" })
      .example("$0 device state /dev/ttyACM0 --out unit.json", ""),
  handler: (args) =>
    withUnit(args, async (unit) => {
      const { trust, ...rest } = await unit.state();
      const json = unitStateToJson({ trust, ...rest });
      if (args.out !== undefined) {
        await writeBytes(args.out, Buffer.from(`${JSON.stringify(json, null, 2)}\n`), args.force);
      }
      const { chainId, manufacturerId, epoch, floorNumber } = trust;
      const said = { ...rest, slot: slotName(rest.slot), chainId, manufacturerId, epoch, floorNumber };
      return { json, text: table(Object.entries(said)) };
    }),
});
