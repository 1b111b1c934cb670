// SPDX-License-Identifier: Apache-2.0
// How the bootloader came to start what runs, by name; the numbers are protocol.json's.
import { TouchmarkError } from "../errors.ts";
import { eat } from "./generated.ts";

export type Boot = keyof typeof eat.boot;

/** @throws MESSAGE_FIELD */
export function bootOf(number: number): Boot {
  const found = Object.entries(eat.boot).find(([, value]) => value === number)?.[0];
  if (found === undefined) throw new TouchmarkError("MESSAGE_FIELD", { data: { field: "boot", number } });
  return found as Boot;
}
