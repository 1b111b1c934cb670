// SPDX-License-Identifier: Apache-2.0
import type { WitnessSource } from "../../host/src/witness/witness.ts";

/** A witness that goes no further: what it says first it says again. */
export function stopped(witness: WitnessSource): WitnessSource {
  let first: ReturnType<WitnessSource["statement"]> | undefined;
  return { name: witness.name, statement: (nonce) => (first ??= witness.statement(nonce)) };
}
