// SPDX-License-Identifier: Apache-2.0
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";
import { holderArguments } from "./arguments.ts";

export const requestRenewal = verb({
  command: "request-renewal <id>",
  describe: "Manufacturer: ask for renewal, which needs the MOU in force, today's minimum stake and audits",
  builder: (yargs) => holderArguments(yargs).example("$0 license request-renewal 7 --key owner.pem", ""),
  handler: (args, io) =>
    sendAs(args, io, "programme", { method: "requestRenewal", args: [args.id], event: "RenewalRequested" }),
});
