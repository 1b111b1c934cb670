// SPDX-License-Identifier: Apache-2.0
// LZMA's binary range coder: bits under adaptive probabilities, 11 bits wide (Igor Pavlov's lzma-specification.txt).
import { TouchmarkError } from "../errors.ts";

const PROBABILITY_BITS = 11;
const HALF = 1 << (PROBABILITY_BITS - 1);
const TOP = 2 ** 24;
const WORD = 2 ** 32;
const START_BYTES = 5;

/** Codes one bit under the probability of this index. A decoder looks at no `bit`, and returns what it found. */
export interface BitCoder {
  bit(index: number, bit: number): number;
}

abstract class Probabilities {
  protected range = WORD - 1;
  readonly #zero: Uint16Array;
  readonly #adaptation: number;

  constructor(count: number, adaptation: number) {
    this.#zero = new Uint16Array(count).fill(HALF);
    this.#adaptation = adaptation;
  }

  protected bound(index: number): number {
    return Math.floor(this.range / 2 ** PROBABILITY_BITS) * (this.#zero[index] ?? HALF);
  }

  protected learn(index: number, bit: number): void {
    const zero = this.#zero[index] ?? HALF;
    const change = bit === 0 ? (2 ** PROBABILITY_BITS - zero) >> this.#adaptation : -(zero >> this.#adaptation);
    this.#zero[index] = zero + change;
  }
}

export class RangeEncoder extends Probabilities implements BitCoder {
  readonly #out: number[] = [];
  #low = 0;
  #held = 0; // the last byte, and how many 0xff behind it, that a carry may still change
  #heldCount = 1;

  bit(index: number, bit: number): number {
    const bound = this.bound(index);
    if (bit === 0) {
      this.range = bound;
    } else {
      this.#low += bound;
      this.range -= bound;
    }
    this.learn(index, bit);
    while (this.range < TOP) {
      this.range *= 256;
      this.#shift();
    }
    return bit;
  }

  finish(): Uint8Array {
    for (let i = 0; i < START_BYTES; i++) this.#shift();
    return Uint8Array.from(this.#out);
  }

  #shift(): void {
    if (this.#low < 0xff000000 || this.#low >= WORD) {
      const carry = this.#low >= WORD ? 1 : 0;
      for (let byte = this.#held; this.#heldCount > 0; this.#heldCount--, byte = 0xff) {
        this.#out.push((byte + carry) & 0xff);
      }
      this.#held = Math.floor(this.#low / TOP) & 0xff;
    }
    this.#heldCount += 1;
    this.#low = (this.#low % TOP) * 256;
  }
}

export class RangeDecoder extends Probabilities implements BitCoder {
  readonly #bytes: Uint8Array;
  #at = 0;
  #code = 0;

  /** @throws DELTA_MALFORMED, here and where the bytes end too early */
  constructor(bytes: Uint8Array, count: number, adaptation: number) {
    super(count, adaptation);
    this.#bytes = bytes;
    if (this.#next() !== 0) throw new TouchmarkError("DELTA_MALFORMED");
    for (let i = 1; i < START_BYTES; i++) this.#code = this.#code * 256 + this.#next();
  }

  bit(index: number): number {
    const bound = this.bound(index);
    const bit = this.#code < bound ? 0 : 1;
    if (bit === 0) {
      this.range = bound;
    } else {
      this.#code -= bound;
      this.range -= bound;
    }
    this.learn(index, bit);
    while (this.range < TOP) {
      this.range *= 256;
      this.#code = this.#code * 256 + this.#next();
    }
    return bit;
  }

  /** All bytes are used, and no other end would have done. @throws DELTA_MALFORMED */
  end(): void {
    if (this.#at !== this.#bytes.length || this.#code !== 0) throw new TouchmarkError("DELTA_MALFORMED");
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new TouchmarkError("DELTA_MALFORMED");
    return byte;
  }
}
