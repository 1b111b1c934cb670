// SPDX-License-Identifier: Apache-2.0
// The tree over a batch's leaves (protocol/words.md): positional, so that a proof fits one index alone. An odd last
// node is hashed with 32 zero bytes.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes, equalBytes } from "./bytes.ts";

const ZERO = new Uint8Array(32);

/** The registry's name for what is wrong with a proof. */
export type BatchProofFault = "BatchIndex" | "BatchProofLength" | "BatchProofInvalid";

export interface BatchTree {
  readonly root: Uint8Array;
  /** Siblings of the leaf at `index`, leaf's level first. @throws RangeError beyond the last leaf */
  proof(index: number): Uint8Array[];
}

/** ⌈log2 count⌉: hashes in a proof. */
export const batchDepth = (count: number): number => Math.ceil(Math.log2(count));

/** @throws RangeError without leaves */
export function batchTree(leaves: readonly Uint8Array[]): BatchTree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) level = parents(level);
  const root = levels.at(-1)?.[0];
  if (root === undefined) throw new RangeError("a batch has at least one unit");
  const proof = (index: number): Uint8Array[] => {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("no such leaf");
    return levels.slice(0, -1).map((level, depth) => level[(index >> depth) ^ 1] ?? ZERO);
  };
  return { root, proof };
}

function parents(level: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, pair) =>
    node(level[2 * pair] ?? ZERO, level[2 * pair + 1] ?? ZERO),
  );
}

const node = (left: Uint8Array, right: Uint8Array): Uint8Array => keccak_256(concatBytes(left, right));

/** What the registry would say against the proof; undefined where it accepts it. */
export function batchProofFault(
  root: Uint8Array,
  count: number,
  index: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): BatchProofFault | undefined {
  if (index >= count) return "BatchIndex";
  if (proof.length !== batchDepth(count)) return "BatchProofLength";
  const reached = proof.reduce(
    (at, sibling, depth) => ((index >> depth) & 1 ? node(sibling, at) : node(at, sibling)),
    leaf,
  );
  return equalBytes(reached, root) ? undefined : "BatchProofInvalid";
}
