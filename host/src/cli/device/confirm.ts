// SPDX-License-Identifier: Apache-2.0
import { verb } from "../verb.ts";
import { describeImages } from "./images.ts";
import { portArguments, withUnit } from "./port.ts";

export const confirm = verb({
  command: "confirm <port>",
  describe: "Keep the release that is on trial",
  builder: (yargs) => portArguments(yargs).example("$0 device confirm /dev/ttyACM0", "once its self-test has passed"),
  handler: (args) => withUnit(args, async (unit) => describeImages(await unit.confirm())),
});
