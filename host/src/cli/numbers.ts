// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { fromHex } from "../protocol/bytes.ts";

/** A decimal number from 0, as an option has it. @throws USAGE naming the option */
export function wholeNumber(option: string, text: string): bigint {
  if (!/^[0-9]{1,78}$/.test(text)) throw new TouchmarkError("USAGE", { data: { option, expected: "a number", text } });
  return BigInt(text);
}

/** Bytes of one length, as an option has them. @throws USAGE naming the option */
export function hexBytes(option: string, text: string, length: number): Uint8Array {
  if (!new RegExp(`^(0x)?[0-9a-f]{${2 * length}}$`, "i").test(text))
    throw new TouchmarkError("USAGE", { data: { option, expected: `${length} bytes, hexadecimal` } });
  return fromHex(text);
}

/** An address, lower case. @throws USAGE naming the option */
export function address(option: string, text: string): string {
  if (!/^0x[0-9a-f]{40}$/i.test(text))
    throw new TouchmarkError("USAGE", { data: { option, expected: "an address, 0x and 40 hexadecimal digits" } });
  return text.toLowerCase();
}
