// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { applyForLicense, missingStake } from "../../registry/apply-for-license.ts";
import { applicationCalls } from "../../registry/contract-wallet.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { type ChainSession, withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { forWallet } from "../sender.ts";
import { type Result, verb } from "../verb.ts";
import { inTokens, tokenAmount } from "./amount.ts";
import { documentHash } from "./arguments.ts";
import { type ApplicantArguments, applicantArguments, noApplicant, walletMou } from "./wallet.ts";

const SIGNATURE_LIFE_S = 3_600;

interface ApplyArguments extends ApplicantArguments {
  readonly mou: string | undefined;
  readonly "at-most": string | undefined;
}

export const apply = verb({
  command: "apply <id>",
  describe: "Manufacturer: stake what is missing to the minimum, sign the MOU in force, and apply",
  builder: (yargs) =>
    applicantArguments(yargs)
      .option("mou", { type: "string", describe: "The MOU as read, or its Keccak-256: another one is not signed" })
      .option("at-most", { type: "string", describe: "Whole tokens; more is not staked" })
      .option("yes", { type: "boolean", default: false, describe: "Signs without asking" })
      .example("$0 license apply 7 --mou mou.pdf --at-most 100000 --key owner.pem", "the stake stays locked")
      .example("$0 license apply 7 --mou mou.pdf --wallet 0x5afe…", "what a contract wallet has to sign")
      .example(
        "$0 license apply 7 --wallet 0x5afe… --signature 0x… --deadline 1799999999 --json",
        "what it has to send: allowance and application",
      ),
  handler: (args, io) =>
    withChain(args, io, async (session) => {
      if (args.wallet !== undefined) return await byWallet(args, session);
      const { contract, account, deployment } = session;
      if (account === undefined) throw noApplicant();
      const [programme, token] = [contract("programme"), contract("token")];
      const manufacturerId = wholeNumber("id", args.id);
      const applicant = await account.getAddress();
      const amount = await missingStake(programme, manufacturerId, applicant);
      const staked = await inTokens(token, amount);
      if (!args.yes && !(await io.confirm(`Stake ${staked} and sign the memorandum of understanding?`)))
        throw new TouchmarkError("INTERRUPTED");
      await applyForLicense({
        manufacturerId,
        programme,
        token,
        applicant: account,
        chainId: deployment.chainId,
        deadline: await deadlineAfter(account, SIGNATURE_LIFE_S),
        // What was shown is what is paid.
        atMost: (await limitOf(args, session)) ?? amount,
        ...(args.mou !== undefined && { document: await documentHash(args.mou) }),
      });
      const json = { manufacturerId: args.id, applicant, staked };
      return { json, text: table(Object.entries(json)) };
    }),
});

const limitOf = async (args: ApplyArguments, { contract }: ChainSession): Promise<bigint | undefined> =>
  args["at-most"] === undefined ? undefined : await tokenAmount(contract("token"), "at-most", args["at-most"]);

/** Signs and sends nothing: the wallet does. */
async function byWallet(args: ApplyArguments, session: ChainSession): Promise<Result> {
  const signed = await walletMou(args, session, args.mou === undefined ? undefined : await documentHash(args.mou));
  if ("toSign" in signed) return signed.toSign;
  const { contract } = session;
  const parts = { programme: contract("programme"), nodes: contract("nodes"), token: contract("token") };
  const manufacturerId = wholeNumber("id", args.id);
  const amount = await missingStake(parts.programme, manufacturerId, signed.wallet);
  const atMost = await limitOf(args, session);
  if (atMost !== undefined && amount > atMost)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the stake is above your limit", amount, atMost } });
  const calls = await applicationCalls({ manufacturerId, amount, ...parts, ...signed });
  return forWallet(`license apply ${args.id}`, signed.wallet, session.deployment.chainId, calls);
}
