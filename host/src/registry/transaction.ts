// SPDX-License-Identifier: Apache-2.0
// Sending a transaction and believing what came of it.
import {
  type Contract,
  type ContractTransactionReceipt,
  dataLength,
  type ErrorDescription,
  FeeData,
  Interface,
  isCallException,
  isError,
} from "ethers";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { wordsOf } from "./revert-words.ts";

// ERC-6093; of a token that a contract of ours calls.
const ERC20_ERRORS = new Interface([
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
]);

/** Most wei for one gas. */
export const MAX_FEE_PER_GAS = 500n * 10n ** 9n;

/** Wei for one gas, as EIP-1559 names them. */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

export interface Call {
  /** Connected to the account that calls. */
  readonly contract: Contract;
  readonly method: string;
  readonly args: readonly unknown[];
  /** An event of the contract that has to be in the receipt: DIMO's router lets unknown calls succeed. */
  readonly event?: string;
  /** Of whom the event is, where another contract emits it. */
  readonly emitter?: Contract;
}

/**
 * Asks first, so that a refusal costs nothing and says why; then sends and waits for the receipt.
 *
 * @throws FEE_ABOVE_CAP; USAGE for arguments that the method cannot take, TRANSACTION_REVERTED with the contract's error,
 * TRANSACTION_LOST, CHAIN_UNREACHABLE
 */
export async function transact({
  contract,
  method,
  args,
  event,
  emitter = contract,
}: Call): Promise<ContractTransactionReceipt> {
  const call = contract.getFunction(method);
  const receipt = await translated(async () => {
    await call.staticCall(...args);
    const sent = await call.send(...args, await cappedFees(contract));
    return await sent.wait();
  }, contract.interface);
  const emitted = event === undefined || (receipt !== null && eventsOf(receipt, emitter, event).length > 0);
  if (receipt === null || !emitted) throw new TouchmarkError("TRANSACTION_LOST", { data: { method, event } });
  return receipt;
}

// A node names the fee: one that lies could have the account emptied.
async function cappedFees({ runner }: Contract): Promise<Partial<Fees>> {
  const { maxFeePerGas, maxPriorityFeePerGas } = (await runner?.provider?.getFeeData()) ?? new FeeData();
  if (maxFeePerGas === null || maxPriorityFeePerGas === null) return {};
  if (maxFeePerGas > MAX_FEE_PER_GAS)
    throw new TouchmarkError("FEE_ABOVE_CAP", { data: { fee: `${maxFeePerGas}`, cap: `${MAX_FEE_PER_GAS}` } });
  return { maxFeePerGas, maxPriorityFeePerGas };
}

/** @throws USAGE, TRANSACTION_REVERTED, CONTRACT_SILENT, CHAIN_UNREACHABLE */
export async function read<T>(contract: Contract, method: string, ...args: readonly unknown[]): Promise<T> {
  return await translated(
    async () => (await contract.getFunction(method).staticCall(...args)) as T,
    contract.interface,
  );
}

/** Arguments of the contract's own events of one name, in order. */
export function eventsOf(
  receipt: ContractTransactionReceipt,
  contract: Contract,
  event: string,
): Readonly<Record<string, unknown>>[] {
  return receipt.logs
    .filter((log) => log.address === contract.target)
    .map((log) => contract.interface.parseLog(log))
    .flatMap((log) => (log?.name === event ? [log.args.toObject()] : []));
}

/** @throws USAGE, TRANSACTION_REVERTED, CONTRACT_SILENT, CHAIN_UNREACHABLE instead of what ethers throws */
export async function translated<T>(run: () => Promise<T>, known: Interface): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (isTouchmarkError(cause)) throw cause;
    if (isWrongArgument(cause)) throw new TouchmarkError("USAGE", { data: expectation(cause), cause });
    // An answer too short for what the method returns: no such contract there, or no such method.
    if (isError(cause, "BAD_DATA"))
      throw new TouchmarkError("CONTRACT_SILENT", { data: { value: cause.value }, cause });
    if (!isCallException(cause)) throw new TouchmarkError("CHAIN_UNREACHABLE", { cause });
    const custom = customError(cause.data, known);
    const data = {
      error: custom?.name ?? cause.revert?.name ?? cause.reason ?? cause.shortMessage,
      args: (custom ?? cause.revert)?.args.map(String),
      ...(custom && wordsOf(custom)),
    };
    // ethers calls an error unknown that the called contract does not declare, whoever else does.
    throw new TouchmarkError(
      "TRANSACTION_REVERTED",
      custom === null && cause.revert === null ? { data, cause } : { data },
    );
  }
}

// Data of a contract that has no such function, or that ran out of gas, is empty.
function customError(data: string | null, known: Interface): ErrorDescription | null {
  if (data === null || dataLength(data) < 4) return null;
  return known.parseError(data) ?? ERC20_ERRORS.parseError(data);
}

function isWrongArgument(cause: unknown): boolean {
  return isNoAddress(cause) || isError(cause, "INVALID_ARGUMENT") || isError(cause, "NUMERIC_FAULT");
}

// Where an address is none, ethers looks for a name, and finds that the network has none.
function isNoAddress(cause: unknown): boolean {
  return isError(cause, "UNSUPPORTED_OPERATION");
}

function expectation(cause: unknown): { readonly expected?: string } {
  return isNoAddress(cause) ? { expected: "an address, 0x and 40 hexadecimal digits" } : {};
}
