// SPDX-License-Identifier: Apache-2.0
// What of one image is like what of another: Colin Percival's bsdiff, whose copies may differ in some bytes. Code that
// moved is such a copy: its instructions stay, the addresses in them change.
import type { Change } from "../../protocol/delta.ts";
import { suffixArray } from "./suffix-array.ts";

// A match has to beat what the copy under way gives by more than this, or it is not worth a new one.
const GAIN_BYTES = 8;

interface Copy {
  readonly at: number;
  readonly from: number;
}

export function findChanges(base: Uint8Array, target: Uint8Array): Change[] {
  const changes: Change[] = [];
  let last: Copy = { at: 0, from: 0 };
  for (const next of matches(base, target)) {
    const forward = extendForward(base, target, last, next.at);
    const backward = extendBackward(base, target, last, next);
    // Where both reach over the same bytes, they part where most bytes are equal.
    const overlap = Math.max(0, last.at + forward - (next.at - backward));
    const cut = bestCut(base, target, { ...last, end: last.at + forward }, next, backward, overlap);
    const like = forward - overlap + cut;
    const reach = backward - cut;
    const fresh = next.at - reach - (last.at + like);
    if (like + fresh > 0) changes.push({ from: last.from, like, fresh });
    last = { at: next.at - reach, from: next.from - reach };
  }
  return changes;
}

/** Exact matches that are worth a copy of their own; the last one ends the target. */
function* matches(base: Uint8Array, target: Uint8Array): Generator<Copy> {
  const order = suffixArray(base);
  let [at, length, from] = [0, 0, 0];
  let offset = 0; // of the copy under way: base minus target
  while (at < target.length) {
    let score = 0;
    let scored = at + length;
    for (at += length; at < target.length; at++) {
      ({ from, length } = longest(order, base, target, at));
      for (; scored < at + length; scored++) if (base[scored + offset] === target[scored]) score += 1;
      if ((length === score && length !== 0) || length > score + GAIN_BYTES) break;
      if (base[at + offset] === target[at]) score -= 1;
    }
    if (length === score && at < target.length) continue;
    yield { at, from };
    offset = from - at;
  }
}

function longest(
  order: Int32Array,
  base: Uint8Array,
  target: Uint8Array,
  at: number,
): { readonly from: number; readonly length: number } {
  let [low, high] = [0, order.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isBehind(base, order[middle] ?? 0, target, at)) high = middle;
    else low = middle;
  }
  const [first = 0, second = 0] = [order[low], order[high]];
  const [a, b] = [common(base, first, target, at), common(base, second, target, at)];
  return a >= b ? { from: first, length: a } : { from: second, length: b };
}

function common(base: Uint8Array, from: number, target: Uint8Array, at: number): number {
  const most = Math.min(base.length - from, target.length - at);
  let length = 0;
  while (length < most && base[from + length] === target[at + length]) length += 1;
  return length;
}

function isBehind(base: Uint8Array, from: number, target: Uint8Array, at: number): boolean {
  const length = common(base, from, target, at);
  return (base[from + length] ?? -1) > (target[at + length] ?? -1);
}

/** How far the copy goes on with more equal bytes than others. */
function extendForward(base: Uint8Array, target: Uint8Array, { at, from }: Copy, end: number): number {
  let [equal, best, length] = [0, 0, 0];
  for (let i = 0; at + i < end && from + i < base.length; ) {
    if (base[from + i] === target[at + i]) equal += 1;
    i += 1;
    if (2 * equal - i > 2 * best - length) [best, length] = [equal, i];
  }
  return length;
}

function extendBackward(base: Uint8Array, target: Uint8Array, last: Copy, { at, from }: Copy): number {
  if (at >= target.length) return 0;
  let [equal, best, length] = [0, 0, 0];
  for (let i = 1; at >= last.at + i && from >= i; i++) {
    if (base[from - i] === target[at - i]) equal += 1;
    if (2 * equal - i > 2 * best - length) [best, length] = [equal, i];
  }
  return length;
}

function bestCut(
  base: Uint8Array,
  target: Uint8Array,
  last: Copy & { readonly end: number },
  next: Copy,
  backward: number,
  overlap: number,
): number {
  let [score, best, cut] = [0, 0, 0];
  for (let i = 0; i < overlap; i++) {
    const at = last.end - overlap + i;
    if (target[at] === base[last.from + at - last.at]) score += 1;
    if (target[at] === base[next.from - backward + i]) score -= 1;
    if (score > best) [best, cut] = [score, i + 1];
  }
  return cut;
}
