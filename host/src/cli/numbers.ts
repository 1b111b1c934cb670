// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { fromHex } from "../protocol/bytes.ts";
import { expandPoint } from "../protocol/secp256k1.ts";

export const UINT64_MAX = 2n ** 64n - 1n;
const MISTYPED = "an address as it was written down: its checksum (EIP-55) is wrong, so a digit or its case is";
const UINT256_MAX = 2n ** 256n - 1n;

/** A decimal number from 0 to most, as an option has it. @throws USAGE naming the option */
export function wholeNumber(option: string, text: string, most = UINT256_MAX): bigint {
  return decimal(option, text, 0n, most);
}

/** A decimal number from 1 to most, as an option has it. @throws USAGE naming the option */
export function positiveNumber(option: string, text: string, most = UINT256_MAX): bigint {
  return decimal(option, text, 1n, most);
}

function decimal(option: string, text: string, least: bigint, most: bigint): bigint {
  if (!/^[0-9]{1,78}$/.test(text)) throw new TouchmarkError("USAGE", { data: { option, expected: "a number", text } });
  const value = BigInt(text);
  if (value < least || value > most)
    throw new TouchmarkError("USAGE", { data: { option, expected: `a number from ${least} to ${most}`, text } });
  return value;
}

/** A whole number from least to most, as yargs read it. @throws USAGE naming the option */
export function natural(option: string, value: number, most: number, least = 0): number {
  if (!Number.isSafeInteger(value) || value < least || value > most)
    throw new TouchmarkError("USAGE", { data: { option, expected: `a whole number from ${least} to ${most}` } });
  return value;
}

/** A number above 0, fractions too, as yargs read it. @throws USAGE naming the option */
export function aboveZero(option: string, value: number): number {
  if (!Number.isFinite(value) || value <= 0)
    throw new TouchmarkError("USAGE", { data: { option, expected: "a number above 0" } });
  return value;
}

/** Bytes of one length, as an option has them. @throws USAGE naming the option */
export function hexBytes(option: string, text: string, length: number): Uint8Array {
  if (!new RegExp(`^(0x)?[0-9a-f]{${2 * length}}$`, "i").test(text))
    throw new TouchmarkError("USAGE", { data: { option, expected: `${length} bytes, hexadecimal` } });
  return fromHex(text);
}

/** A compressed public key: a point of secp256k1. @throws USAGE naming the option */
export function publicKey(option: string, text: string): Uint8Array {
  if (!/^(0x)?0[23][0-9a-f]{64}$/i.test(text))
    throw new TouchmarkError("USAGE", { data: { option, text, expected: "a compressed public key, hexadecimal" } });
  const key = fromHex(text);
  try {
    expandPoint(key);
  } catch (cause) {
    throw new TouchmarkError("USAGE", { data: { option, text, expected: "a point of secp256k1, compressed" }, cause });
  }
  return key;
}

/** An address, lower case; one of mixed case has to carry its EIP-55 checksum. @throws USAGE naming the option */
export function address(option: string, text: string): string {
  if (!/^0x[0-9a-f]{40}$/i.test(text))
    throw new TouchmarkError("USAGE", { data: { option, text, expected: "an address, 0x and 40 hexadecimal digits" } });
  if (!isAddress(text)) throw new TouchmarkError("USAGE", { data: { option, text, expected: MISTYPED } });
  return text.toLowerCase();
}
