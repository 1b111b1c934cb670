// SPDX-License-Identifier: Apache-2.0
// Which block a witness vouches for. The witness chooses, never the requester.
import type { EncodedHeader, EthereumNode } from "./ethereum-node.ts";

export interface WitnessPolicy {
  readonly chainId: bigint;
  /** Of the trust block that names this witness. */
  readonly epoch: number;
  /** Only blocks whose number is a multiple of it, so that witnesses agree on one. */
  readonly granularity: bigint;
  /** Seconds between a block's timestamp and now; 0: not asked, for chains whose clock is their own. */
  readonly minAge: bigint;
}

/**
 * The newest eligible block: finalized, a multiple of the granularity, old enough. Undefined where there is none.
 *
 * @param now unix seconds
 * @throws CHAIN_UNREACHABLE, HEADER_MALFORMED
 */
export async function eligibleBlock(
  node: EthereumNode,
  { granularity, minAge }: WitnessPolicy,
  now: bigint,
): Promise<EncodedHeader | undefined> {
  const finalized = await node.header("finalized");
  if (finalized === undefined) return undefined;
  for (let number = finalized.number - (finalized.number % granularity); number > 0n; number -= granularity) {
    const header = number === finalized.number ? finalized : await node.header(number);
    if (header === undefined || minAge === 0n || header.timestamp + minAge <= now) return header;
  }
  return undefined;
}
