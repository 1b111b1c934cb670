// SPDX-License-Identifier: Apache-2.0
// A verdict in the device's words: OK, or the name of the first refusal, and what the unit would trust after it.
import { isTouchmarkError, type TouchmarkError } from "../errors.ts";
import { deviceErrors, type ErrorName } from "../protocol/generated.ts";
import type { Anchor } from "./anchor.ts";

export type VerdictName = "OK" | ErrorName;

export interface Verdict {
  readonly verdict: VerdictName;
  /** After the verdict: a proved block advances the floor even where a later check refuses. */
  readonly anchor: Anchor;
  /** Of a refusal. */
  readonly refusal?: TouchmarkError;
}

/** Runs one check. `moved` is called with what the unit stores before it judges. */
export function judge(start: Anchor, check: (moved: (anchor: Anchor) => void) => void): Verdict {
  let anchor = start;
  try {
    check((next) => {
      anchor = next;
    });
    return { verdict: "OK", anchor };
  } catch (error) {
    if (!isTouchmarkError(error) || !(error.code in deviceErrors)) throw error;
    return { verdict: error.code, anchor, refusal: error };
  }
}
