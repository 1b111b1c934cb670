// SPDX-License-Identifier: Apache-2.0
import { buttonIn, pressButton } from "../../device/button.ts";
import { TouchmarkError } from "../../errors.ts";
import { verb } from "../verb.ts";

const MOST_SECONDS = 600;

export const press = verb({
  command: "press <folder>",
  describe: "Press the button of a unit that device emulate --button powers",
  builder: (yargs) =>
    yargs
      .positional("folder", { type: "string", demandOption: true, describe: "Of the chip" })
      .option("seconds", { type: "number", default: 2, describe: "To hold it down" })
      .example("$0 device press unit-1", "while device claim, or another that needs somebody at the unit, waits"),
  handler: async ({ folder, seconds }) => {
    if (!(seconds > 0 && seconds <= MOST_SECONDS))
      throw new TouchmarkError("USAGE", {
        data: { option: "seconds", expected: `more than 0, at most ${MOST_SECONDS}` },
      });
    await pressButton(buttonIn(folder), seconds);
    return { json: { folder, seconds }, text: "pressed, and released" };
  },
});
