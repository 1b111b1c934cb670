// SPDX-License-Identifier: Apache-2.0

import { toHex } from "../../protocol/bytes.ts";
import type { SlotState } from "../../protocol/messages/image-state.ts";
import { type Result, verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const images = verb({
  command: "images <port>",
  describe: "List the unit's slots",
  builder: (yargs) => portArguments(yargs).example("$0 device images /dev/ttyACM0", ""),
  handler: (args) => withUnit(args, async (unit) => describeImages(await unit.images())),
});

export function describeImages(slots: readonly SlotState[]): Result {
  const lines = slots.map((slot) => {
    const flags = (["active", "confirmed", "pending"] as const).filter((name) => slot[name]);
    return `${slot.slot === 0 ? "A" : "B"}  ${slot.version}  ${toHex(slot.digest)}  ${flags.join(" ")}`;
  });
  return { json: slots, text: lines.join("\n") };
}
