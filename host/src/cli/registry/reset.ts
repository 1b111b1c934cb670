// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { resetDevice } from "../../registry/device/reset.ts";
import { address } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { deviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const reset = verb({
  command: "reset <device> <address>",
  describe:
    "Manufacturer: give a device the address of its new board; that address is then used for good, a mistyped one too",
  builder: (yargs) =>
    deviceArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "Birth address of the new board" })
      .example("$0 registry reset 17 0x5ce3… --key owner.pem --backend dimo", "DIMO's keeps the old address, too"),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      const next = address("address", args.address);
      const { tokenId } = await resolveDevice(backend, args.device);
      const json = await resetDevice(backend, tokenId, next);
      return { json, text: table(Object.entries(json)) };
    }),
});
