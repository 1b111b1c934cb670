// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const requestRenewal = verb({
  command: "request-renewal <id>",
  describe: "Manufacturer: ask for renewal, which needs the MOU in force, today's minimum stake and audits",
  builder: (yargs) => nodeArguments(yargs).example("$0 license request-renewal 7 --key owner.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", { method: "requestRenewal", args: [args.id], event: "RenewalRequested" }),
});
