// SPDX-License-Identifier: Apache-2.0
import { attributesCall, setAttributes } from "../../registry/device/attributes.ts";
import { resolveDevice } from "../../registry/device/device.ts";
import { pairOf } from "../pairs.ts";
import { table } from "../print.ts";
import { byWallet, senderOf } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderDeviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const attribute = verb({
  command: "attribute <device> <pairs..>",
  describe: "Owner of the manufacturer's node: set mutable attributes of its own unit; our registry alone",
  builder: (yargs) =>
    holderDeviceArguments(yargs)
      .positional("pairs", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "NAME=TEXT; Serial, IMEI and DevEUI stay as they were registered",
      })
      .example("$0 registry attribute 0x84bc… HardwareRevision=B --key owner.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const { tokenId } = await resolveDevice(backend, args.device);
      const values = args.pairs.map(pairOf);
      if (args.wallet !== undefined)
        return await byWallet(args.wallet, deployment.chainId, attributesCall(backend, tokenId, values));
      await senderOf(args, session);
      const json = { tokenId, ...(await setAttributes(backend, tokenId, values)) };
      return { json, text: table(Object.entries(json)) };
    }),
});
