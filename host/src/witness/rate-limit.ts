// SPDX-License-Identifier: Apache-2.0

const SAVED_SECONDS = 10;
// A flood of addresses costs this much memory and no more: the longest idle are forgotten, which refills them.
const ADDRESSES_MAX = 10_000;

interface Bucket {
  tokens: number;
  seen: number;
}

/** A token bucket an address. */
export class RateLimit {
  readonly #rate: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** @param rate a second @param now seconds */
  constructor(rate: number, now: () => number = () => performance.now() / 1000) {
    this.#rate = rate;
    this.#now = now;
  }

  allows(address: string): boolean {
    const bucket = this.#refill(address);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #refill(address: string): Bucket {
    const now = this.#now();
    const most = Math.max(1, this.#rate * SAVED_SECONDS);
    const before = this.#buckets.get(address) ?? { tokens: most, seen: now };
    const bucket = { tokens: Math.min(most, before.tokens + (now - before.seen) * this.#rate), seen: now };
    // Insertion order is the order of last use.
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > ADDRESSES_MAX && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }
}
