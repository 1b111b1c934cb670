// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { allowed, payingCalls } from "../../registry/contract-wallet.ts";
import { deadlineAfter } from "../../registry/deadline.ts";
import { payStake } from "../../registry/stake-payment.ts";
import { transact } from "../../registry/transaction.ts";
import { sent, withChain } from "../chain.ts";
import { forWallet, senderOf } from "../sender.ts";
import { verb } from "../verb.ts";
import { tokenAmount } from "./amount.ts";
import { holderArguments } from "./arguments.ts";

const PERMIT_LIFE_S = 3_600;

export const stake = verb({
  command: "stake <id> <amount>",
  describe: "Manufacturer: add to the stake; within the cure period that ends a suspension for too small a one",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("amount", { type: "string", demandOption: true, describe: "Whole tokens, decimals after a point" })
      .example("$0 license stake 7 2500.5 --key owner.pem", "by permit, or an allowance where the token takes none"),
  handler: async (args, io) => {
    // The programme takes 0 as well, and says nothing then.
    if (!/[1-9]/.test(args.amount))
      throw new TouchmarkError("USAGE", { data: { option: "amount", expected: "an amount of tokens above 0" } });
    return await withChain(args, io, async (session) => {
      const { contract, account, deployment } = session;
      const [programme, token] = [contract("programme"), contract("token")];
      const sender = await senderOf(args, session);
      if (account === undefined) {
        const amount = await tokenAmount(token, "amount", args.amount);
        const calls = await payingCalls({ wallet: sender, programme, token, amount }, "topUp", [
          args.id,
          allowed(amount),
        ]);
        return forWallet("topUp", sender, deployment.chainId, calls);
      }
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
    });
  },
});
