// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, evidenceArguments, nodeArguments, reasonArguments, reasonNumber } from "./arguments.ts";

export const revoke = verb({
  command: "revoke <id>",
  describe: "Licensor: end a license for good",
  builder: (yargs) =>
    reasonArguments(evidenceArguments(nodeArguments(yargs))).example(
      "$0 license revoke 7 --reason goodFaith --evidence report.pdf --key licensor.pem",
      "",
    ),
  handler: async (args, io) => {
    const call = [args.id, reasonNumber(args.reason), await documentHash(args.evidence)];
    return await send(args, io, "programme", { method: "revoke", args: call, event: "Revoked" });
  },
});
