// SPDX-License-Identifier: Apache-2.0
import { encodeBytes32String } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { resolveDevice } from "../../registry/device/device.ts";
import { transact } from "../../registry/transaction.ts";
import { sent } from "../chain.ts";
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
      const { contract, name } = backend;
      if (name !== "touchmark")
        throw new TouchmarkError("PREFLIGHT", { data: { missing: "revocation: DIMO's registry has none" } });
      if (Buffer.byteLength(args.reason) > 31)
        throw new TouchmarkError("USAGE", { data: { option: "reason", expected: "at most 31 bytes" } });
      const { tokenId } = await resolveDevice(backend, args.device);
      const call = [tokenId, encodeBytes32String(args.reason)];
      return sent(await transact({ contract, method: "revokeDevice", args: call, event: "DeviceRevoked" }));
    }),
});
