// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";

/** NAME=TEXT as contracts take it. @throws USAGE */
export function pairOf(text: string): { readonly attribute: string; readonly info: string } {
  const at = text.indexOf("=");
  if (at < 1) throw new TouchmarkError("USAGE", { data: { option: "pairs", expected: "NAME=TEXT", text } });
  return { attribute: text.slice(0, at), info: text.slice(at + 1) };
}
