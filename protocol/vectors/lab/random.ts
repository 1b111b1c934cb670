// SPDX-License-Identifier: Apache-2.0
// Seeded chance, the same on every machine, and random damage to bytes.

/** Numerical Recipes' linear congruential generator: enough to spread damage, nothing else. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ result < bound ≤ 2^32. */
  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * bound);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

// Heads of CBOR, RLP and DER that change what the bytes behind them are.
const HEADS = [
  ...[0x00, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x40, 0x58, 0x59, 0x60, 0x80, 0x81, 0x9f, 0xa0, 0xa1, 0xb7, 0xb8, 0xbf],
  ...[0xc0, 0xc2, 0xd2, 0xd8, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xff, 0x30, 0x02, 0x03, 0x04],
];

/** One change of every kind that moves, cuts, doubles or bends. */
export function damaged(bytes: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(Math.max(1, bytes.length));
  const [head, byte = 0, tail] = [bytes.subarray(0, at), bytes[at], bytes.subarray(at + 1)];
  const kinds: readonly (() => Uint8Array)[] = [
    () => join(head, Uint8Array.of(byte ^ (1 << chance.below(8))), tail),
    () => join(head, Uint8Array.of(chance.below(256)), tail),
    () => join(head, Uint8Array.of(chance.pick(HEADS)), tail),
    () => join(head, tail),
    () => join(head, chance.bytes(1), bytes.subarray(at)),
    () => join(head, bytes.subarray(at + 1 + chance.below(40))),
    () => join(bytes.subarray(0, at + chance.below(40)), bytes.subarray(at)),
    () => join(bytes, chance.bytes(1 + chance.below(3))),
  ];
  return chance.pick(kinds)();
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
