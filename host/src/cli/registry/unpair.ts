// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { unpairDevice } from "../../registry/device/pair.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { deviceArguments, deviceResult } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const unpair = verb({
  command: "unpair <device> <vehicle>",
  describe: "Owner of the device or of the vehicle: part them",
  builder: (yargs) =>
    deviceArguments(yargs)
      .positional("vehicle", { type: "string", demandOption: true, describe: "Token id of the vehicle" })
      .example("$0 registry unpair 0x84bc… 12 --key driver.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      const { tokenId } = await resolveDevice(backend, args.device);
      return deviceResult(await unpairDevice(backend, tokenId, wholeNumber("vehicle", args.vehicle)));
    }),
});
