// SPDX-License-Identifier: Apache-2.0
// Who sends: an account whose key is at hand, or a contract wallet, which sends by its owners' means. For a wallet a verb
// tries the call as it and says what it has to send.
import { getAddress } from "ethers";
import type { Argv } from "yargs";
import { TouchmarkError } from "../errors.ts";
import { callOf, type WalletCall } from "../registry/contract-wallet.ts";
import { type Call, read, transact } from "../registry/transaction.ts";
import { type ChainArguments, type ChainSession, chainArguments, type Part, sent, withChain } from "./chain.ts";
import type { Io } from "./io.ts";
import { address } from "./numbers.ts";
import { type PassphraseArguments, passphraseArguments } from "./passphrase.ts";
import type { Result } from "./verb.ts";

export interface SenderArguments extends ChainArguments, PassphraseArguments {
  readonly key?: string | undefined;
  readonly wallet?: string | undefined;
}

export function senderArguments<T>(yargs: Argv<T>): Argv<T & SenderArguments> {
  return passphraseArguments(chainArguments(yargs))
    .option("key", { type: "string", describe: "Account that sends: encrypted PEM or pkcs11: URI" })
    .option("wallet", { type: "string", describe: "Contract wallet that sends, instead of the account: says what" })
    .conflicts("wallet", "key");
}

/** Checksummed. @throws USAGE where there is neither account nor wallet */
export async function senderOf({ wallet }: SenderArguments, { account }: ChainSession): Promise<string> {
  if (wallet !== undefined) return getAddress(address("wallet", wallet));
  if (account !== undefined) return await account.getAddress();
  throw noSender();
}

export const noSender = (): TouchmarkError =>
  new TouchmarkError("USAGE", { data: { missing: "key", hint: "or wallet, where a contract sends" } });

/** Sends one call and says what became of it, or what a wallet has to send. @throws as transact and read; USAGE */
export async function act(
  args: SenderArguments,
  session: ChainSession,
  part: Part,
  call: Omit<Call, "contract">,
): Promise<Result> {
  const full = { contract: session.contract(part), ...call };
  const sender = await senderOf(args, session);
  return args.wallet === undefined
    ? sent(await transact(full))
    : await byWallet(sender, session.deployment.chainId, full);
}

/** What a wallet has to send, tried as it. @throws USAGE, TRANSACTION_REVERTED, CHAIN_UNREACHABLE */
export async function byWallet(wallet: string, chainId: bigint, { contract, method, args }: Call): Promise<Result> {
  const from = getAddress(address("wallet", wallet));
  await read(contract, method, ...args, { from });
  return forWallet(method, from, chainId, [callOf(contract, method, args)]);
}

/** `act` in a session of its own. */
export async function sendAs(args: SenderArguments, io: Io, part: Part, call: Omit<Call, "contract">): Promise<Result> {
  return await withChain(args, io, (session) => act(args, session, part, call));
}

/** Transactions for the wallet, in the form of a Safe's Transaction Builder. */
export function forWallet(name: string, wallet: string, chainId: bigint, calls: readonly WalletCall[]): Result {
  const json = { version: "1.0", chainId: `${chainId}`, meta: { name }, transactions: calls };
  const text = [
    `${wallet} has to send${calls.length > 1 ? ", in this order" : ""}:`,
    ...calls.map(({ to, data }) => `to ${to}\ndata ${data}`),
    "--json prints them as a file for a Safe's Transaction Builder",
  ].join("\n");
  return { json, text };
}
