// SPDX-License-Identifier: Apache-2.0
import { ZeroAddress } from "ethers";
import { resolveDevice } from "../../registry/device/device.ts";
import { transact } from "../../registry/transaction.ts";
import { address } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { deviceArguments } from "./device-result.ts";
import { withRegistry } from "./registry-session.ts";

export const consent = verb({
  command: "consent <device> <account>",
  describe: "Owner: let an account, such as the manufacturer's, reset, take back or move this one unit",
  builder: (yargs) =>
    deviceArguments(yargs)
      .positional("account", { type: "string", demandOption: true, describe: "Who may, until the unit moves" })
      .option("remove", { type: "boolean", default: false, describe: "Nobody any more" })
      .example("$0 registry consent 0x84bc… 0x1f9a… --key driver.pem", "DIMO's manufacturers need none"),
  handler: (args, io) =>
    withRegistry(args, io, async ({ backend }) => {
      const account = args.remove ? ZeroAddress : address("account", args.account);
      const { tokenId } = await resolveDevice(backend, args.device);
      await transact({ contract: backend.tokens, method: "approve", args: [account, tokenId], event: "Approval" });
      const json = { tokenId, account };
      return { json, text: table(Object.entries(json)) };
    }),
});
