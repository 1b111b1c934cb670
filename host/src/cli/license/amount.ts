// SPDX-License-Identifier: Apache-2.0
import { type Contract, formatUnits, parseUnits } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { read } from "../../registry/transaction.ts";

/** Whole tokens, `100000` or `0.5`, in the token's own units. @throws USAGE naming the option */
export async function tokenAmount(token: Contract, option: string, text: string): Promise<bigint> {
  const decimals = Number(await read<bigint>(token, "decimals"));
  const wrong = (): TouchmarkError =>
    new TouchmarkError("USAGE", { data: { option, expected: `an amount of tokens, at most ${decimals} decimals` } });
  if (!/^[0-9]{1,30}(\.[0-9]{1,30})?$/.test(text)) throw wrong();
  try {
    return parseUnits(text, decimals);
  } catch {
    throw wrong();
  }
}

/** For people. */
export async function inTokens(token: Contract, units: bigint): Promise<string> {
  const [decimals, symbol] = [await read<bigint>(token, "decimals"), await read<string>(token, "symbol")];
  return `${formatUnits(units, decimals)} ${symbol}`;
}
