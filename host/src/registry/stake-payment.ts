// SPDX-License-Identifier: Apache-2.0
// How a stake is paid: by an ERC-2612 permit where the token takes one, else out of an allowance.
import { type Contract, Signature, type Signer, type TypedDataField, ZeroHash } from "ethers";
import { isTouchmarkError } from "../errors.ts";
import { read, transact } from "./transaction.ts";

/** As the programme takes it; deadline 0 = out of an allowance. */
export interface StakePayment {
  readonly amount: bigint;
  readonly deadline: number;
  readonly v: number;
  readonly r: string;
  readonly s: string;
}

export interface StakeOrder {
  /** Connected to the payer. */
  readonly token: Contract;
  /** Address of the programme. */
  readonly spender: string;
  readonly payer: Signer;
  readonly chainId: bigint;
  /** Token units. */
  readonly amount: bigint;
  /** Unix seconds until which a permit is good. */
  readonly deadline: number;
}

// ERC-2612.
const PERMIT: Record<string, TypedDataField[]> = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/**
 * A permit of exactly the amount, tried against the token; where the token refuses it or knows none, an approval of
 * exactly the amount, which is one transaction more.
 * @throws TRANSACTION_REVERTED, TRANSACTION_LOST, CHAIN_UNREACHABLE
 */
export async function payStake(order: StakeOrder): Promise<StakePayment> {
  const { token, spender, amount } = order;
  const allowance = { amount, deadline: 0, v: 0, r: ZeroHash, s: ZeroHash };
  if (amount === 0n) return allowance;
  const permit = await permitOf(order);
  if (permit !== undefined) return permit;
  await transact({ contract: token, method: "approve", args: [spender, amount], event: "Approval" });
  return allowance;
}

async function permitOf(order: StakeOrder): Promise<StakePayment | undefined> {
  const { token, spender, payer, amount, deadline } = order;
  const owner = await payer.getAddress();
  try {
    const nonce = await read<bigint>(token, "nonces", owner);
    const value = { owner, spender, value: amount, nonce, deadline };
    const signature = await payer.signTypedData(await domainOf(order), PERMIT, value);
    const { v, r, s } = Signature.from(signature);
    await read(token, "permit", owner, spender, amount, deadline, v, r, s);
    return { amount, deadline, v, r, s };
  } catch (error) {
    if (isTouchmarkError(error, "TRANSACTION_REVERTED") || isTouchmarkError(error, "CONTRACT_SILENT")) return undefined;
    throw error;
  }
}

// Name and version are the token's word; chain and token are ours, so that a lying node cannot bind another contract.
async function domainOf({ token, chainId }: StakeOrder) {
  const here = { chainId, verifyingContract: String(token.target) };
  const name = await read<string>(token, "name");
  try {
    const { version } = await read<{ readonly version: string }>(token, "eip712Domain");
    return { name, version, ...here };
  } catch (error) {
    if (!isTouchmarkError(error, "TRANSACTION_REVERTED") && !isTouchmarkError(error, "CONTRACT_SILENT")) throw error;
    return { name, version: "1", ...here };
  }
}
