// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, evidenceArguments, nodeArguments, reasonArguments, reasonNumber } from "./arguments.ts";

export const suspend = verb({
  command: "suspend <id>",
  describe: "Licensor: stop registrations and releases until reinstated; what runs goes on running",
  builder: (yargs) =>
    reasonArguments(evidenceArguments(nodeArguments(yargs))).example(
      "$0 license suspend 7 --reason qualityAndSecurity --evidence report.pdf --key licensor.pem",
      "",
    ),
  handler: async (args, io) => {
    const call = [args.id, reasonNumber(args.reason), await documentHash(args.evidence)];
    return await send(args, io, "programme", { method: "suspend", args: call, event: "Suspended" });
  },
});
