// SPDX-License-Identifier: Apache-2.0
import { resolveDevice } from "../../registry/device/device.ts";
import { revocationCall, revokeDevice } from "../../registry/device/revoke.ts";
import { table } from "../print.ts";
import { byWallet, senderOf } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderDeviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const revoke = verb({
  command: "revoke <device>",
  describe: "Manufacturer: end a unit on chain, for good; our registry alone",
  builder: (yargs) =>
    holderDeviceArguments(yargs)
      .option("reason", { type: "string", default: "scrapped", describe: "At most 31 bytes, public" })
      .example("$0 registry revoke 0x84bc… --reason stolen --key owner.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const { tokenId } = await resolveDevice(backend, args.device);
      if (args.wallet !== undefined)
        return await byWallet(args.wallet, deployment.chainId, revocationCall(backend, tokenId, args.reason));
      await senderOf(args, session);
      await revokeDevice(backend, tokenId, args.reason);
      const json = { tokenId, revoked: true };
      return { json, text: table(Object.entries(json)) };
    }),
});
