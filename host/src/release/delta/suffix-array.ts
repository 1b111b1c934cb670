// SPDX-License-Identifier: Apache-2.0
// Suffixes of a byte string in order, by prefix doubling with counting sorts: O(n log² n) at worst, whatever it repeats.

/** Offsets of the suffixes, the smallest first. */
export function suffixArray(bytes: Uint8Array): Int32Array {
  const size = bytes.length;
  let ranks = Int32Array.from(bytes);
  let order = sorted(
    Int32Array.from(bytes, (_, at) => at),
    (at) => bytes[at] ?? 0,
    256,
  );
  for (let width = 1; width < size; width *= 2) {
    const behind = ranks;
    // 0: the suffix ends before; a longer one with the same start comes behind it.
    const second = (at: number): number => (at + width < size ? (behind[at + width] ?? 0) + 1 : 0);
    const buckets = Math.max(size, 256) + 1;
    order = sorted(sorted(order, second, buckets), (at) => behind[at] ?? 0, buckets);
    const next = new Int32Array(size);
    let rank = 0;
    for (let i = 1; i < size; i++) {
      const [before = 0, at = 0] = [order[i - 1], order[i]];
      if (behind[before] !== behind[at] || second(before) !== second(at)) rank += 1;
      next[at] = rank;
    }
    ranks = next;
    if (rank === size - 1) break;
  }
  return order;
}

/** Stable. */
function sorted(items: Int32Array, keyOf: (item: number) => number, buckets: number): Int32Array<ArrayBuffer> {
  const starts = new Int32Array(buckets + 1);
  for (const item of items) starts[keyOf(item) + 1] = (starts[keyOf(item) + 1] ?? 0) + 1;
  for (let i = 1; i <= buckets; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const out = new Int32Array(items.length);
  for (const item of items) {
    const key = keyOf(item);
    out[starts[key] ?? 0] = item;
    starts[key] = (starts[key] ?? 0) + 1;
  }
  return out;
}
