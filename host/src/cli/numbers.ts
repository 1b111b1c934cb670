// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";

/** A decimal number from 0, as an option has it. @throws USAGE naming the option */
export function wholeNumber(option: string, text: string): bigint {
  if (!/^[0-9]{1,78}$/.test(text)) throw new TouchmarkError("USAGE", { data: { option, expected: "a number", text } });
  return BigInt(text);
}
