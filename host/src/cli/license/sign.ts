// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { signMou } from "../../registry/sign-mou.ts";
import { transact } from "../../registry/transaction.ts";
import { sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { documentHash, nodeArguments } from "./arguments.ts";

const SIGNATURE_LIFE_S = 3_600;

export const sign = verb({
  command: "sign <id> <document>",
  describe: "Manufacturer: sign the version of the MOU in force, as renewal asks for",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("document", { type: "string", demandOption: true, describe: "The MOU as read, or its Keccak-256" })
      .example("$0 license sign 7 mou-2.pdf --key owner.pem", "another document in force is not signed"),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account, deployment }) => {
      if (account === undefined) throw new TouchmarkError("INTERNAL");
      const programme = contract("programme");
      const deadline = await deadlineAfter(account, SIGNATURE_LIFE_S);
      const expected = await documentHash(args.document);
      const request = { programme, applicant: account, chainId: deployment.chainId, deadline, expected };
      const call = [args.id, { deadline, signature: await signMou(request) }];
      return sent(await transact({ contract: programme, method: "signMou", args: call, event: "MouSigned" }));
    }),
});
