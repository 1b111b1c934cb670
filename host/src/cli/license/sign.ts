// SPDX-License-Identifier: Apache-2.0
import { callOf } from "../../registry/contract-wallet.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { signMou } from "../../registry/sign-mou.ts";
import { read, transact } from "../../registry/transaction.ts";
import { type ChainSession, sent, withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { forWallet } from "../sender.ts";
import { type Result, verb } from "../verb.ts";
import { documentHash } from "./arguments.ts";
import { type ApplicantArguments, applicantArguments, noApplicant, walletMou } from "./wallet.ts";

const SIGNATURE_LIFE_S = 3_600;

export const sign = verb({
  command: "sign <id> <document>",
  describe: "Manufacturer: sign the version of the MOU in force, as renewal asks for",
  builder: (yargs) =>
    applicantArguments(yargs)
      .positional("document", { type: "string", demandOption: true, describe: "The MOU as read, or its Keccak-256" })
      .example("$0 license sign 7 mou-2.pdf --key owner.pem", "another document in force is not signed")
      .example("$0 license sign 7 mou-2.pdf --wallet 0x5afe…", "what a contract wallet has to sign")
      .example(
        "$0 license sign 7 mou-2.pdf --wallet 0x5afe… --signature 0x… --deadline 1799999999 --key anyone.pem",
        "anyone may bring it; without --key, the call is printed for the wallet",
      ),
  handler: (args, io) =>
    withChain(args, io, async (session) => {
      const { contract, account, deployment } = session;
      const programme = contract("programme");
      const expected = await documentHash(args.document);
      if (args.wallet !== undefined) return await signedByWallet(args, session, expected);
      if (account === undefined) throw noApplicant();
      const deadline = await deadlineAfter(account, SIGNATURE_LIFE_S);
      const { chainId } = deployment;
      const manufacturerId = wholeNumber("id", args.id);
      const request = { programme, manufacturerId, applicant: account, chainId, deadline, expected };
      const call = [manufacturerId, { deadline, signature: await signMou(request) }];
      return sent(await transact({ contract: programme, method: "signMou", args: call, event: "MouSigned" }));
    }),
});

async function signedByWallet(args: ApplicantArguments, session: ChainSession, expected: string): Promise<Result> {
  const signed = await walletMou(args, session, expected);
  if ("toSign" in signed) return signed.toSign;
  const programme = session.contract("programme");
  const call = [args.id, signed.mou];
  if (session.account !== undefined)
    return sent(await transact({ contract: programme, method: "signMou", args: call, event: "MouSigned" }));
  await read(programme, "signMou", ...call);
  return forWallet(`license sign ${args.id}`, signed.wallet, session.deployment.chainId, [
    callOf(programme, "signMou", call),
  ]);
}
