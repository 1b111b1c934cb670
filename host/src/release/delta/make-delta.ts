// SPDX-License-Identifier: Apache-2.0
// A bundle with a delta in place of its image: the same release, the same proof, no key. The unit judges the image that
// it makes of it by the digest that the manifest signs.
import { TouchmarkError } from "../../errors.ts";
import { type Bundle, encodeBundle } from "../../protocol/bundle.ts";
import { equalBytes } from "../../protocol/bytes.ts";
import { applyDelta, encodeDelta } from "../../protocol/delta.ts";
import { findChanges } from "./find-changes.ts";

/** An image as changes of another. */
export function makeDelta(base: Uint8Array, image: Uint8Array): Uint8Array {
  const delta = encodeDelta(base, image, findChanges(base, image));
  if (!equalBytes(applyDelta(delta, base, image.length), image)) throw new TouchmarkError("INTERNAL");
  return delta;
}

/** @throws ENVELOPE_MALFORMED where the bundle carries a delta already */
export function withDelta(bundle: Bundle, base: Uint8Array): Uint8Array {
  const { payload } = bundle;
  if (payload.kind !== "firmware") throw new TouchmarkError("ENVELOPE_MALFORMED", { data: { payload: payload.kind } });
  return encodeBundle({ ...bundle, payload: { kind: "delta", bytes: makeDelta(base, payload.bytes) } });
}
