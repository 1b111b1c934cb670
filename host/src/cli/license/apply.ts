// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { applyForLicense, missingStake } from "../../registry/apply-for-license.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { inTokens, tokenAmount } from "./amount.ts";
import { documentHash, nodeArguments } from "./arguments.ts";

const SIGNATURE_LIFE_S = 3_600;

export const apply = verb({
  command: "apply <id>",
  describe: "Manufacturer: stake what is missing to the minimum, sign the MOU in force, and apply",
  builder: (yargs) =>
    nodeArguments(yargs)
      .option("mou", { type: "string", describe: "The MOU as read, or its Keccak-256: another one is not signed" })
      .option("at-most", { type: "string", describe: "Whole tokens; more is not staked" })
      .option("yes", { type: "boolean", default: false, describe: "Signs without asking" })
      .example("$0 license apply 7 --mou mou.pdf --at-most 100000 --key owner.pem", "the stake stays locked"),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account, deployment }) => {
      if (account === undefined) throw new TouchmarkError("INTERNAL");
      const [programme, token] = [contract("programme"), contract("token")];
      const manufacturerId = wholeNumber("id", args.id);
      const applicant = await account.getAddress();
      const amount = await missingStake(programme, manufacturerId, applicant);
      const staked = await inTokens(token, amount);
      if (!args.yes && !(await io.confirm(`Stake ${staked} and sign the memorandum of understanding?`)))
        throw new TouchmarkError("INTERRUPTED");
      const limit = args["at-most"];
      await applyForLicense({
        manufacturerId,
        programme,
        token,
        applicant: account,
        chainId: deployment.chainId,
        deadline: await deadlineAfter(account, SIGNATURE_LIFE_S),
        // What was shown is what is paid.
        atMost: limit === undefined ? amount : await tokenAmount(token, "at-most", limit),
        ...(args.mou !== undefined && { document: await documentHash(args.mou) }),
      });
      const json = { manufacturerId: args.id, applicant, staked };
      return { json, text: table(Object.entries(json)) };
    }),
});
