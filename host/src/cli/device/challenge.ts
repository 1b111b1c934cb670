// SPDX-License-Identifier: Apache-2.0
import { toHex } from "../../protocol/bytes.ts";
import { verb } from "../verb.ts";
import { portArguments, withUnit } from "./port.ts";

export const challenge = verb({
  command: "challenge <port>",
  describe: "Ask for a nonce that the next proof has to carry; good for ten minutes, until the unit's next reset",
  builder: (yargs) =>
    portArguments(yargs).example("$0 device challenge /dev/ttyACM0", "then release prove --challenge"),
  handler: (args) =>
    withUnit(args, async (unit) => {
      const nonce = await unit.challenge();
      return { json: { nonce }, text: toHex(nonce) };
    }),
});
