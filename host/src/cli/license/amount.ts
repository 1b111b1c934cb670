// SPDX-License-Identifier: Apache-2.0
import { type Contract, formatUnits, parseUnits } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { read } from "../../registry/transaction.ts";

/** Whole tokens, `100000` or `0.5`, in the token's own units. @throws USAGE naming the option */
export async function tokenAmount(token: Contract, option: string, text: string): Promise<bigint> {
  const decimals = await decimalsOf(token);
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
  const symbol = await read<string>(token, "symbol");
  // A node's word, on its way to a prompt.
  return `${formatUnits(units, await decimalsOf(token))} ${symbol.replace(/[^\x21-\x7e]/g, "").slice(0, 12)}`;
}

// $DIMO's. A node that claims more would multiply what a limit in whole tokens allows.
const DECIMALS_MAX = 18n;

async function decimalsOf(token: Contract): Promise<number> {
  const decimals = await read<bigint>(token, "decimals");
  if (decimals > DECIMALS_MAX)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "a token of at most 18 decimals", decimals } });
  return Number(decimals);
}
