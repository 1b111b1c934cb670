// SPDX-License-Identifier: Apache-2.0
import { accountArguments, send } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash } from "./arguments.ts";

export const mou = verb({
  command: "mou <document>",
  describe: "Licensor: publish the next version of the memorandum of understanding",
  builder: (yargs) =>
    accountArguments(
      yargs.positional("document", { type: "string", demandOption: true, describe: "The file, or its Keccak-256" }),
    ).example("$0 license mou mou-2.pdf --key licensor.pem", "signed ones stay good until renewal"),
  handler: async (args, io) => {
    const hash = await documentHash(args.document);
    return await send(args, io, "programme", { method: "publishMou", args: [hash], event: "MouPublished" });
  },
});
