// SPDX-License-Identifier: Apache-2.0
import { transact } from "../../registry/transaction.ts";
import { sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { tokenAmount } from "./amount.ts";
import { documentHash, evidenceArguments, nodeArguments, reasonArguments, reasonNumber } from "./arguments.ts";

export const proposeSlash = verb({
  command: "slash-propose <id> <amount>",
  describe: "Licensor: propose to take a part of a stake for a breach of the MOU; it can be contested",
  builder: (yargs) =>
    reasonArguments(evidenceArguments(nodeArguments(yargs)))
      .positional("amount", { type: "string", demandOption: true, describe: "Whole tokens, decimals after a point" })
      .option("staker", { type: "string", demandOption: true, describe: "Account whose stake it is" })
      .example(
        "$0 license slash-propose 7 5000 --staker 0x90F7… --reason support --evidence report.pdf --key licensor.pem",
        "",
      ),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const request = {
        id: args.id,
        staker: args.staker,
        amount: await tokenAmount(contract("token"), "amount", args.amount),
        reason: reasonNumber(args.reason),
        evidence: await documentHash(args.evidence),
      };
      const call = { method: "proposeSlash", args: [request], event: "SlashProposed" };
      return sent(await transact({ contract: contract("programme"), ...call }));
    }),
});
