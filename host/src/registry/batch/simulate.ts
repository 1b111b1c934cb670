// SPDX-License-Identifier: Apache-2.0
// Which units the chain would take now, in transactions that fit under the gas cap.
import { isTouchmarkError, type TouchmarkError } from "../../errors.ts";
import { limits } from "../../protocol/generated.ts";
import type { RegistrableUnit } from "../register.ts";
import { mintCall } from "../register.ts";
import { translated } from "../transaction.ts";
import { type BatchClient, persistently } from "./client.ts";

export interface Simulated {
  readonly units: readonly RegistrableUnit[];
  readonly gas: bigint;
}

export interface Rejected {
  readonly unit: RegistrableUnit;
  readonly reason: TouchmarkError;
}

/**
 * The first part of the list that goes through; halves it until it does.
 *
 * @returns the units to send, or the one unit that the chain refuses
 * @throws CHAIN_UNREACHABLE
 */
export async function simulate(
  client: BatchClient,
  units: readonly RegistrableUnit[],
): Promise<Simulated | Rejected | undefined> {
  const [unit] = units;
  if (unit === undefined) return undefined;
  const outcome = await persistently(client, () => estimate(client, units));
  if (typeof outcome === "bigint") return { units, gas: outcome };
  if (units.length === 1) return { unit, reason: outcome };
  return await simulate(client, units.slice(0, Math.ceil(units.length / 2)));
}

async function estimate(client: BatchClient, units: readonly RegistrableUnit[]): Promise<bigint | TouchmarkError> {
  const {
    backend: { contract },
    manufacturerId,
    account,
  } = client;
  const { method, args } = mintCall(manufacturerId, units);
  const cap = smaller(client.terms.gas, BigInt(limits.transactionGas));
  try {
    const from = await account.getAddress();
    const call = contract.getFunction(method);
    const used = await translated(() => call.estimateGas(...args, { from, gasLimit: cap }), contract.interface);
    return smaller((used * 5n) / 4n, cap);
  } catch (error) {
    if (isTouchmarkError(error, "TRANSACTION_REVERTED")) return error;
    throw error;
  }
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
