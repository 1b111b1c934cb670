// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { pairDevice } from "../../registry/device/pair.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { chainNow, deviceArguments, deviceResult } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";
import { askUnit, deadlineOf, signatureArguments } from "./signature.ts";

export const pair = verb({
  command: "pair <device> <vehicle>",
  describe: "Pair a claimed unit with a vehicle of the key's account, with the unit's own signature",
  builder: (yargs) =>
    signatureArguments(deviceArguments(yargs))
      .positional("vehicle", { type: "string", demandOption: true, describe: "Token id of the vehicle" })
      .example("$0 registry pair 0x84bc… 12 --port /dev/ttyACM0 --key driver.pem --backend dimo", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const { tokenId } = await resolveDevice(backend, args.device);
      const vehicleId = wholeNumber("vehicle", args.vehicle);
      const context = { backend, chainId: deployment.chainId, ask: askUnit(args, io) };
      const deadline = deadlineOf(args, backend.name, await chainNow(session));
      return deviceResult(await pairDevice(context, { tokenId, vehicleId, deadline }));
    }),
});
