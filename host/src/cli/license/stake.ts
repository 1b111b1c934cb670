// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { payStake } from "../../registry/stake-payment.ts";
import { transact } from "../../registry/transaction.ts";
import { sent, withChain } from "../chain.ts";
import { verb } from "../verb.ts";
import { tokenAmount } from "./amount.ts";
import { nodeArguments } from "./arguments.ts";

const PERMIT_LIFE_S = 3_600;

export const stake = verb({
  command: "stake <id> <amount>",
  describe: "Manufacturer: add to the stake; within the cure period that ends a suspension for too small a one",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("amount", { type: "string", demandOption: true, describe: "Whole tokens, decimals after a point" })
      .example("$0 license stake 7 2500.5 --key owner.pem", "by permit, or an allowance where the token takes none"),
  handler: (args, io) =>
    withChain(args, io, async ({ contract, account, deployment }) => {
      if (account === undefined) throw new TouchmarkError("INTERNAL");
      const [programme, token] = [contract("programme"), contract("token")];
      const payment = await payStake({
        token,
        spender: String(programme.target),
        payer: account,
        chainId: deployment.chainId,
        amount: await tokenAmount(token, "amount", args.amount),
        deadline: await deadlineAfter(account, PERMIT_LIFE_S),
      });
      const call = { method: "topUp", args: [args.id, payment], event: "StakeDeposited" };
      return sent(await transact({ contract: programme, ...call }));
    }),
});
