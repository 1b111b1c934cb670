// SPDX-License-Identifier: Apache-2.0
// The stages of a unit's life, by name; their numbers are protocol.json's.
import { TouchmarkError } from "../errors.ts";
import { life } from "./generated.ts";

export type Life = keyof typeof life;

/** @throws MESSAGE_FIELD */
export function lifeOf(number: number): Life {
  const found = Object.entries(life).find(([, value]) => value === number)?.[0];
  if (found === undefined) throw new TouchmarkError("MESSAGE_FIELD", { data: { field: "life", number } });
  return found as Life;
}
