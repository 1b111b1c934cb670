// SPDX-License-Identifier: Apache-2.0
import { randomInt } from "node:crypto";

/** The seed of this run: TOUCHMARK_SEED, or a new one. Tests print it, so that a failure can be run again. */
export function seedOfRun(): number {
  return Number(process.env["TOUCHMARK_SEED"] ?? randomInt(2 ** 31));
}

/** Mulberry32: numbers in [0, 1) that depend on the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
