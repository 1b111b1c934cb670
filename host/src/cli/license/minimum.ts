// SPDX-License-Identifier: Apache-2.0
import { transact } from "../../registry/transaction.ts";
import { accountArguments, sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { tokenAmount } from "./amount.ts";

export const minimum = verb({
  command: "minimum <amount>",
  describe: "Admin: set the smallest stake to apply or renew with; holders keep theirs until they renew",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("amount", { type: "string", demandOption: true, describe: "Whole tokens, decimals after a point" })
      .example("$0 license minimum 100000 --key admin.pem", ""),
  handler: (args, io) =>
    withChain(args, io, async ({ contract }) => {
      const amount = await tokenAmount(contract("token"), "amount", args.amount);
      const call = { method: "setMinStakeAmount", args: [amount], event: "MinStakeChanged" };
      return sent(await transact({ contract: contract("programme"), ...call }));
    }),
});
