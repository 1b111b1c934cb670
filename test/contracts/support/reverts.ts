// SPDX-License-Identifier: Apache-2.0
import { AssertionError } from "chai";
import type { ErrorDescription, Interface } from "ethers";

/** Revert data, wherever the provider put it. */
function revertData(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { data, cause, error: inner, info } = error as Record<string, unknown>;
  if (typeof data === "string" && data.startsWith("0x")) return data;
  return [data, cause, inner, info].map(revertData).find((found) => found !== undefined);
}

/** The custom error that a call reverts with, decoded by the first interface that knows it. */
export async function revertOf(call: Promise<unknown>, interfaces: readonly Interface[]): Promise<ErrorDescription> {
  try {
    await call;
  } catch (error) {
    const data = revertData(error);
    if (data === undefined) throw error;
    for (const known of interfaces) {
      const parsed = known.parseError(data);
      if (parsed !== null) return parsed;
    }
    throw new AssertionError(`reverted with unknown data ${data}`);
  }
  throw new AssertionError("did not revert");
}
