// SPDX-License-Identifier: Apache-2.0
import { AssertionError, expect } from "chai";
import { type BaseContract, type ErrorDescription, isError } from "ethers";

/** Revert data, wherever the provider put it. */
function revertData(error: unknown): string | undefined {
  for (let at: unknown = error; typeof at === "object" && at !== null; at = (at as { cause?: unknown }).cause) {
    const { data, error: inner, info } = at as { data?: unknown; error?: unknown; info?: { error?: unknown } };
    if (typeof data === "string" && data.startsWith("0x")) return data;
    const nested = typeof data === "object" && data !== null ? data : (inner ?? info?.error);
    const found = nested === undefined || nested === at ? undefined : revertData(nested);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The custom error that a call reverted with, decoded by the first interface that knows it. */
export async function revertOf(call: Promise<unknown>, ...contracts: BaseContract[]): Promise<ErrorDescription> {
  try {
    const sent = (await call) as { wait?: () => Promise<unknown> };
    await sent?.wait?.();
  } catch (error) {
    const data = revertData(error);
    if (data === undefined) throw error;
    for (const contract of contracts) {
      const parsed = contract.interface.parseError(data);
      if (parsed !== null) return parsed;
    }
    throw new AssertionError(`reverted with unknown data ${data}${isError(error, "CALL_EXCEPTION") ? "" : `: ${error}`}`);
  }
  throw new AssertionError("did not revert");
}

/** The call reverts with this custom error and, where given, these leading arguments. */
export async function expectRevert(
  call: Promise<unknown>,
  contract: BaseContract | readonly BaseContract[],
  name: string,
  args: readonly unknown[] = [],
): Promise<void> {
  const error = await revertOf(call, ...[contract].flat());
  expect(error.name).to.equal(name);
  for (const [index, arg] of args.entries()) {
    const actual: unknown = error.args[index];
    if (typeof arg === "number" || typeof arg === "bigint") expect(actual, `argument ${index}`).to.equal(BigInt(arg));
    else expect(actual, `argument ${index}`).to.equal(arg);
  }
}

/** The only event of this name in the call's receipt, as an object of its arguments. */
export async function eventOf(
  call: Promise<{ wait: () => Promise<unknown> }>,
  contract: BaseContract,
  name: string,
): Promise<Record<string, unknown>> {
  const receipt = (await (await call).wait()) as { logs: { address: string; topics: string[]; data: string }[] };
  const address = await contract.getAddress();
  const found = receipt.logs
    .filter((log) => log.address === address)
    .map((log) => contract.interface.parseLog(log))
    .filter((log) => log?.name === name);
  expect(found, `${name} events`).to.have.length(1);
  return found[0]?.args.toObject() ?? {};
}
