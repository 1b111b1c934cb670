// SPDX-License-Identifier: Apache-2.0
// What registering many units needs: a registry, an account, a journal, and how patient and how rich to be.
import { setTimeout as sleep } from "node:timers/promises";
import type { Signer } from "ethers";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { limits } from "../../protocol/generated.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import type { RegistryProofs } from "../proof/registry-proofs.ts";
import { findDevice, type RegisteredUnit } from "../register.ts";
import { MAX_FEE_PER_GAS } from "../transaction.ts";
import type { BatchJournal } from "./journal.ts";

export interface BatchTerms {
  /** Confirmations after which a block is taken as final: 1 is the block itself. */
  readonly depth: number;
  /** Most gas of one transaction; never above EIP-7825's cap. */
  readonly gas: bigint;
  /** Most wei for one gas. Above it nothing new is sent. */
  readonly maxFeePerGas: bigint;
  /** Milliseconds between two looks at the chain. */
  readonly poll: number;
  /** Milliseconds without a receipt, after which a transaction is replaced by one of a higher fee. */
  readonly stuck: number;
  /** Milliseconds for one batch to become final, after which the command ends and the journal stays. */
  readonly patience: number;
}

export const defaultTerms: BatchTerms = {
  depth: 16,
  gas: BigInt(limits.transactionGas),
  maxFeePerGas: MAX_FEE_PER_GAS,
  poll: 2000,
  stuck: 60_000,
  patience: 900_000,
};

export type BatchProgress =
  | { readonly step: "sent" | "replaced" | "repeated"; readonly hash: string; readonly units: number }
  | { readonly step: "final" | "reverted" | "superseded"; readonly hash: string | undefined; readonly units: number }
  /** Mined, in that many blocks so far, and final at depth. */
  | { readonly step: "waiting"; readonly blocks: bigint; readonly depth: number; readonly units: number }
  /** At a block that the witnesses vouch for. */
  | { readonly step: "proved" | "unproved"; readonly block: bigint; readonly units: number };

export interface BatchClient {
  readonly backend: RegistryBackend;
  readonly manufacturerId: bigint;
  /** Signs; the backend's runner is its provider or the account. */
  readonly account: Signer;
  /** What the RPC has to say when it is asked for its chain. */
  readonly chainId: bigint;
  readonly journal: BatchJournal;
  /** The same registry through another node, which has to say the same in the end. */
  readonly second?: RegistryBackend;
  /** Whose word ends a run, where no node's does. */
  readonly proofs?: RegistryProofs;
  readonly terms: BatchTerms;
  readonly onProgress?: (progress: BatchProgress) => void;
}

/** Asks the node itself. @throws CHAIN_UNREACHABLE */
export async function ask(client: BatchClient, method: string, ...params: readonly unknown[]): Promise<unknown> {
  const { provider } = client.account;
  if (provider === null || !("send" in provider)) throw new TouchmarkError("INTERNAL", { data: { what: "provider" } });
  try {
    return await (provider.send as (method: string, params: unknown[]) => Promise<unknown>).call(provider, method, [
      ...params,
    ]);
  } catch (cause) {
    throw new TouchmarkError("CHAIN_UNREACHABLE", { data: { method }, cause });
  }
}

/** @throws CHAIN_UNREACHABLE, CHAIN_WRONG */
export async function requireChain(client: BatchClient): Promise<void> {
  const served = quantity(await ask(client, "eth_chainId"));
  const expected = client.chainId;
  if (served !== expected)
    throw new TouchmarkError("CHAIN_WRONG", { data: { served: `${served}`, expected: `${expected}` } });
}

/** A JSON-RPC quantity. @throws CHAIN_DISAGREES for anything else */
export function quantity(value: unknown): bigint {
  if (typeof value !== "string" || !/^0x[0-9a-f]{1,64}$/i.test(value))
    throw new TouchmarkError("CHAIN_DISAGREES", { data: { what: "not a quantity" } });
  return BigInt(value);
}

export const blockTag = (number: bigint): string => `0x${number.toString(16)}`;

/** Transactions of the account up to a block. */
export async function nonceAt(client: BatchClient, block: string): Promise<number> {
  return Number(quantity(await ask(client, "eth_getTransactionCount", await client.account.getAddress(), block)));
}

/** Of what changes nothing. */
export const ATTEMPTS = 6;

/** Asks again where the node does not answer: for what changes nothing. */
export async function persistently<T>({ terms }: BatchClient, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTouchmarkError(error, "CHAIN_UNREACHABLE")) throw error;
    }
    await sleep(terms.poll);
  }
}

/** @throws REGISTRATION_MISMATCH, CHAIN_UNREACHABLE */
export async function deviceOf(client: BatchClient, address: string): Promise<RegisteredUnit | undefined> {
  return await persistently(client, () => findDevice(client.backend, client.manufacturerId, address));
}
