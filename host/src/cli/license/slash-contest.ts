// SPDX-License-Identifier: Apache-2.0
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";
import { documentHash, holderArguments } from "./arguments.ts";

export const contestSlash = verb({
  command: "slash-contest <id> <statement>",
  describe: "Staker: contest a proposed slash while its notice runs",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("statement", {
        type: "string",
        demandOption: true,
        describe: "The answer: a file, whose Keccak-256 is recorded, or that hash",
      })
      .example("$0 license slash-contest 7 answer.pdf --key owner.pem", ""),
  handler: async (args, io) =>
    await sendAs(args, io, "programme", {
      method: "contestSlash",
      args: [args.id, await documentHash(args.statement)],
      event: "SlashContested",
    }),
});
