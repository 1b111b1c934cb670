// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { revokeDevice } from "../../registry/device/revoke.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { deviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const revoke = verb({
  command: "revoke <device>",
  describe: "Manufacturer: end a unit on chain, for good; our registry alone",
  builder: (yargs) =>
    deviceArguments(yargs)
      .option("reason", { type: "string", default: "scrapped", describe: "At most 31 bytes, public" })
      .example("$0 registry revoke 0x84bc… --reason stolen --key owner.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      const { tokenId } = await resolveDevice(backend, args.device);
      await revokeDevice(backend, tokenId, args.reason);
      const json = { tokenId, revoked: true };
      return { json, text: table(Object.entries(json)) };
    }),
});
