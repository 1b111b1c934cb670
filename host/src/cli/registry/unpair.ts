// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { unpairByUnit, unpairDevice } from "../../registry/device/pair.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { chainNow, deviceArguments, deviceResult } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";
import { askUnit, deadlineOf, signatureArguments } from "./signature.ts";

export const unpair = verb({
  command: "unpair <device> <vehicle>",
  describe: "Owner of the device or of the vehicle: part them; or anybody, with the unit's own signature",
  builder: (yargs) =>
    signatureArguments(deviceArguments(yargs))
      .positional("vehicle", { type: "string", demandOption: true, describe: "Token id of the vehicle" })
      .option("by-unit", {
        type: "boolean",
        default: false,
        describe: "By the unit's signature; with neither --port nor --signature, says what it has to sign",
      })
      .example("$0 registry unpair 0x84bc… 12 --key driver.pem", "")
      .example("$0 registry unpair 0x84bc… 12 --port /dev/ttyACM0 --key anybody.pem", "our registry alone"),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const { tokenId } = await resolveDevice(backend, args.device);
      const vehicleId = wholeNumber("vehicle", args.vehicle);
      const byUnit = args["by-unit"] || args.port !== undefined || args.signature !== undefined;
      if (!byUnit) return deviceResult(await unpairDevice(backend, tokenId, vehicleId));
      const context = { backend, chainId: deployment.chainId, ask: askUnit(args, io) };
      const deadline = deadlineOf(args, backend.name, await chainNow(session));
      return deviceResult(await unpairByUnit(context, { tokenId, vehicleId, deadline }));
    }),
});
