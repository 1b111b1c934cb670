// SPDX-License-Identifier: Apache-2.0
import { getAddress } from "ethers";
import { claimDevice } from "../../registry/device/claim.ts";
import { resolveDevice } from "../../registry/device/device.ts";
import { address } from "../numbers.ts";
import { verb } from "../verb.ts";
import { caller, chainNow, deviceArguments, deviceResult } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";
import { askUnit, deadlineOf, signatureArguments } from "./signature.ts";

export const claim = verb({
  command: "claim <device>",
  describe:
    "Become a unit's owner, with its own signature; with neither --port nor --signature, says what it has to sign",
  builder: (yargs) =>
    signatureArguments(deviceArguments(yargs))
      .option("owner", { type: "string", describe: "New owner, instead of the key's account; our registry alone" })
      .example("$0 registry claim 0x84bc… --port /dev/ttyACM0 --key driver.pem", "the unit signs; press its button")
      .example("$0 registry claim 0x84bc… --signature claim.sig --key driver.pem --backend dimo", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const account = await caller(session).getAddress();
      const owner = args.owner === undefined ? account : getAddress(address("owner", args.owner));
      const node = await resolveDevice(backend, args.device);
      const context = { backend, chainId: deployment.chainId, ask: askUnit(args, io) };
      const deadline = deadlineOf(args, backend.name, await chainNow(session));
      return deviceResult(await claimDevice(context, node, { owner, caller: account, deadline }));
    }),
});
