// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, evidenceArguments, instant, nodeArguments } from "./arguments.ts";

export const model = verb({
  command: "model <id> <name>",
  describe: "Licensor: certify a hardware model of a licensed manufacturer",
  builder: (yargs) =>
    evidenceArguments(nodeArguments(yargs))
      .positional("name", { type: "string", demandOption: true, describe: "Hardware model, 1 to 32 bytes" })
      .option("until", { type: "string", demandOption: true, describe: "Date, UTC" })
      .example("$0 license model 7 TM-1 --until 2027-12-31 --evidence report.pdf --key licensor.pem", ""),
  handler: async (args, io) => {
    const certificate = {
      id: args.id,
      name: args.name,
      validUntil: instant("until", args.until),
      evidence: await documentHash(args.evidence),
    };
    return await send(args, io, "programme", { method: "certifyModel", args: [certificate], event: "ModelCertified" });
  },
});
