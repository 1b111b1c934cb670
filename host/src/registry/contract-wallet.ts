// SPDX-License-Identifier: Apache-2.0
// What a contract wallet (a Safe) does itself: it signs by ERC-1271 and sends by its owners' means. We say what.
import { Contract, TypedDataEncoder, ZeroHash } from "ethers";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import type { StakePayment } from "./stake-payment.ts";
import { read } from "./transaction.ts";
import type { TypedData } from "./typed-data.ts";

/** A transaction of the wallet's. */
export interface WalletCall {
  readonly to: string;
  /** Wei. */
  readonly value: "0";
  readonly data: string;
}

// ERC-1271: what isValidSignature answers to a good one.
const MAGIC = "0x1626ba7e";
const ERC1271 = ["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"];

export const callOf = (contract: Contract, method: string, args: readonly unknown[]): WalletCall => ({
  to: String(contract.target),
  value: "0",
  data: contract.interface.encodeFunctionData(method, args),
});

/**
 * Asks the wallet for its word, as the contract will.
 * @param runner a contract on the same node
 * @throws PREFLIGHT where it has none, CHAIN_UNREACHABLE
 */
export async function requireWalletSignature(
  wallet: string,
  { domain, types, value }: TypedData,
  signature: string,
  { runner }: Contract,
): Promise<void> {
  const digest = TypedDataEncoder.hash(domain, types, value);
  const answer = await read<string>(new Contract(wallet, ERC1271, runner), "isValidSignature", digest, signature).catch(
    (error: unknown) => {
      if (isTouchmarkError(error, "TRANSACTION_REVERTED") || isTouchmarkError(error, "CONTRACT_SILENT")) return "";
      throw error;
    },
  );
  if (answer !== MAGIC)
    throw new TouchmarkError("PREFLIGHT", {
      data: { missing: "the wallet's word for this signature (ERC-1271)", wallet, digest },
    });
}

export interface WalletApplication {
  readonly manufacturerId: bigint;
  readonly wallet: string;
  /** On a node, with nobody to call them. */
  readonly programme: Contract;
  readonly nodes: Contract;
  readonly token: Contract;
  /** Token units to be staked. */
  readonly amount: bigint;
  readonly mou: { readonly deadline: number; readonly signature: string };
}

/**
 * What the wallet has to send to apply, in order: an allowance of exactly the stake where it has given less, and the
 * application, tried first where that allowance stands already.
 * @throws PREFLIGHT, TRANSACTION_REVERTED, CHAIN_UNREACHABLE
 */
export async function applicationCalls(application: WalletApplication): Promise<WalletCall[]> {
  const { manufacturerId, wallet, nodes, token, amount, mou } = application;
  const [owner, entitled] = await read<[string, boolean]>(nodes, "holder", manufacturerId);
  if (owner !== wallet || !entitled)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the wallet does not hold the node", wallet, owner } });
  const balance = await read<bigint>(token, "balanceOf", wallet);
  if (balance < amount)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the stake is not in the wallet", amount, balance } });
  const sent = [{ id: manufacturerId, payment: allowed(amount), mou }];
  return await payingCalls(application, "applyForLicense", sent);
}

/** Payment out of an allowance. */
export const allowed = (amount: bigint): StakePayment => ({ amount, deadline: 0, v: 0, r: ZeroHash, s: ZeroHash });

/**
 * What the wallet has to send for a call that takes stake: an allowance of exactly that before it, where it has given
 * less. The call is tried first where the allowance stands already.
 * @throws TRANSACTION_REVERTED, CHAIN_UNREACHABLE
 */
export async function payingCalls(
  { wallet, programme, token, amount }: Pick<WalletApplication, "wallet" | "programme" | "token" | "amount">,
  method: string,
  args: readonly unknown[],
): Promise<WalletCall[]> {
  const call = callOf(programme, method, args);
  if ((await read<bigint>(token, "allowance", wallet, programme.target)) < amount)
    return [callOf(token, "approve", [programme.target, amount]), call];
  await read(programme, method, ...args, { from: wallet });
  return [call];
}
