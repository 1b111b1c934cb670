// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { giveBack, reprovision } from "../../registry/device/give-back.ts";
import { verb } from "../verb.ts";
import { deviceArguments, deviceResult } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const returned = verb({
  command: "return <device>",
  describe: "Owner: give a unit back to its manufacturer; with --reprovision the manufacturer takes it",
  builder: (yargs) =>
    deviceArguments(yargs)
      .option("reprovision", { type: "boolean", default: false, describe: "As manufacturer, for a new owner" })
      .option("claimed", { type: "boolean", default: false, describe: "With --reprovision: its owner has agreed" })
      .example("$0 registry return 0x84bc… --key driver.pem", "")
      .example("$0 registry return 0x84bc… --reprovision --key owner.pem --backend dimo", "a new token id there"),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      const node = await resolveDevice(backend, args.device);
      const { claimed } = args;
      return deviceResult(await (args.reprovision ? reprovision(backend, node, claimed) : giveBack(backend, node)));
    }),
});
