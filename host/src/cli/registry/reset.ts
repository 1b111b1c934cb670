// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { resolveDevice } from "../../registry/device/device.ts";
import { resetDevice } from "../../registry/device/reset.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { deviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const reset = verb({
  command: "reset <device> <address>",
  describe: "Manufacturer: give a device the address of its new board, and check both directions",
  builder: (yargs) =>
    deviceArguments(yargs)
      .positional("address", { type: "string", demandOption: true, describe: "Birth address of the new board" })
      .example("$0 registry reset 17 0x5ce3… --key owner.pem --backend dimo", "DIMO's keeps the old address, too"),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      if (!isAddress(args.address)) throw new TouchmarkError("USAGE", { data: { address: args.address } });
      const { tokenId } = await resolveDevice(backend, args.device);
      const json = await resetDevice(backend, tokenId, args.address);
      return { json, text: table(Object.entries(json)) };
    }),
});
