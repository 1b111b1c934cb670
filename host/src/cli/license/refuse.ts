// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, evidenceArguments, nodeArguments } from "./arguments.ts";

export const refuse = verb({
  command: "refuse <id>",
  describe: "Licensor: refuse an application; its stake is free after the notice",
  builder: (yargs) =>
    evidenceArguments(nodeArguments(yargs)).example("$0 license refuse 7 --evidence report.pdf --key licensor.pem", ""),
  handler: async (args, io) =>
    await send(args, io, "programme", {
      method: "refuse",
      args: [args.id, await documentHash(args.evidence)],
      event: "Refused",
    }),
});
