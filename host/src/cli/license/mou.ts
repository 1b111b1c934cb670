// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { read, transact } from "../../registry/transaction.ts";
import { accountArguments, sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash } from "./arguments.ts";

export const mou = verb({
  command: "mou <document>",
  describe: "Licensor: publish the next version of the memorandum of understanding, which every licensee signs again",
  builder: (yargs) =>
    accountArguments(
      yargs.positional("document", { type: "string", demandOption: true, describe: "The file, or its Keccak-256" }),
    ).example("$0 license mou mou-2.pdf --key licensor.pem", "signed ones stay good until renewal"),
  handler: async (args, io) => {
    const hash = await documentHash(args.document);
    return await withChain(args, io, async ({ contract }) => {
      const programme = contract("programme");
      const [version, inForce] = await read<readonly [bigint, string]>(programme, "mou");
      if (version > 0n && inForce.toLowerCase() === hash.toLowerCase()) {
        const missing = `another text: this one is version ${version}, in force`;
        throw new TouchmarkError("PREFLIGHT", { data: { missing, document: hash } });
      }
      return sent(await transact({ contract: programme, method: "publishMou", args: [hash], event: "MouPublished" }));
    });
  },
});
