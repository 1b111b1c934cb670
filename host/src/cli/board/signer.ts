// SPDX-License-Identifier: Apache-2.0

import { holderArguments } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const signer = verb({
  command: "signer <id> [address]",
  describe: "Owner: propose an OTA signer; without an address, put the proposed one in force after its notice",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("address", { type: "string", describe: "Of the key in the OTA certificate" })
      .option("cancel", {
        type: "boolean",
        describe: "Take the proposed one back while its notice runs",
      })
      .conflicts("cancel", "address")
      .example("$0 board signer 7 0x5f3e… --key owner.pem", "the first is in force at once"),
  handler: (args, io) => {
    const { id, address } = args;
    if (args.cancel)
      return sendAs(args, io, "board", { method: "cancelOtaSigner", args: [id], event: "OtaSignerProposalCancelled" });
    const call =
      address === undefined
        ? { method: "activateOtaSigner", args: [id], event: "OtaSignerChanged" }
        : { method: "proposeOtaSigner", args: [id, address] };
    return sendAs(args, io, "board", call);
  },
});
