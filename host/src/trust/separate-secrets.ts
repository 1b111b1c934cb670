// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";

/**
 * 02 ‖ x and 03 ‖ x are two keys with two addresses, and one secret: d and n − d. Whoever holds it would count twice; so
 * would the holder of a root's key that is a witness's or a recovery key, too. A unit takes such a block, as it takes two
 * keys of one house; it is not planned here.
 *
 * @param rootKey compressed, as all keys; where the root is known
 * @throws KEY_REFUSED
 */
export function requireSeparateSecrets(
  { witnesses, recoveryKeys }: Pick<TrustBlock, "witnesses" | "recoveryKeys">,
  rootKey?: Uint8Array,
): void {
  const keys = [...witnesses, ...recoveryKeys, ...(rootKey === undefined ? [] : [rootKey])];
  const abscissas = keys.map((key) => toHex(key.subarray(1)));
  const x = abscissas.find((each, at) => abscissas.indexOf(each) !== at);
  if (x !== undefined) throw new TouchmarkError("KEY_REFUSED", { data: { what: "one secret in two places", x } });
}
