// SPDX-License-Identifier: Apache-2.0
// Which block a witness vouches for. The witness chooses, never the requester.
import { TouchmarkError } from "../errors.ts";
import type { EncodedHeader, EthereumNode } from "./ethereum-node.ts";

export interface WitnessPolicy {
  readonly chainId: bigint;
  /** Of the trust block that names this witness. */
  readonly epoch: number;
  /** Only blocks whose number is a multiple of it, so that witnesses agree on one. At least 1. */
  readonly granularity: bigint;
  /** Seconds between a block's timestamp and now; 0: not asked, for chains whose clock is their own. */
  readonly minAge: bigint;
  /** Seconds beyond which a block is too old to be vouched for: the node lags; 0: not asked. Above minAge. */
  readonly maxAge: bigint;
}

/**
 * The newest eligible block: finalized, a multiple of the granularity, old enough. Undefined where there is none.
 *
 * @param now unix seconds
 * @throws WITNESS_LAGS where it is too old, WITNESS_CLOCK, CHAIN_UNREACHABLE, HEADER_MALFORMED
 */
export async function eligibleBlock(
  node: EthereumNode,
  { granularity, minAge, maxAge }: WitnessPolicy,
  now: bigint,
): Promise<EncodedHeader | undefined> {
  const finalized = await node.header("finalized");
  if (finalized === undefined) return undefined;
  // No final block comes from the future. The clock may go wrong by what blocks have to be old anyway.
  const ahead = finalized.timestamp - now;
  if (minAge > 0n && ahead > minAge) {
    throw new TouchmarkError("WITNESS_CLOCK", { data: { node: node.name, behind: String(ahead) } });
  }
  const multiple = async (index: bigint): Promise<EncodedHeader | undefined> =>
    index * granularity === finalized.number ? finalized : node.header(index * granularity);
  const latest = minAge === 0n ? finalized.timestamp : now - minAge;
  const block = await newestUntil(multiple, finalized.number / granularity, latest);
  const age = now - (block?.timestamp ?? now);
  if (block !== undefined && maxAge > 0n && age > maxAge) {
    throw new TouchmarkError("WITNESS_LAGS", {
      data: { node: node.name, number: String(block.number), age: String(age), maxAge: String(maxAge) },
    });
  }
  return block;
}

/**
 * The newest of blocks 1 to `newest` whose timestamp is not after `latest`, in at most two reads a bit of `newest`:
 * timestamps rise with numbers.
 */
async function newestUntil(
  read: (index: bigint) => Promise<EncodedHeader | undefined>,
  newest: bigint,
  latest: bigint,
): Promise<EncodedHeader | undefined> {
  let found: EncodedHeader | undefined;
  let [low, high] = [0n, newest + 1n]; // low: old enough, or 0; high: too young
  // Back by 1, 2, 4, … until one is old enough, then halving what lies between.
  for (let step = 1n; high - low > 1n; step *= 2n) {
    const back = found === undefined ? step : (high - low) / 2n;
    const index = high - back > low ? high - back : low + 1n;
    const header = await read(index);
    if (header === undefined) return undefined;
    if (header.timestamp > latest) high = index;
    else [low, found] = [index, header];
  }
  return found;
}
