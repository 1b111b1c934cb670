// SPDX-License-Identifier: Apache-2.0
// Registrations proved instead of believed: who has to vouch for the block, and which contract's storage counts.
import { NO_CHALLENGE } from "../../protocol/chain.ts";
import type { TrustBlock } from "../../protocol/trust-block.ts";
import { type ProofSources, witnessedHeader } from "../../witness/witnessed-header.ts";
import { ProvedStorage } from "./proved-storage.ts";

export interface RegistryProofs {
  /** Names chain, epoch, witnesses and how many of them. */
  readonly trust: TrustBlock;
  /** 20 bytes. */
  readonly registry: Uint8Array;
  /** At least one node; the first is asked for proofs. */
  readonly sources: ProofSources;
}

/** Which block a proof is under, and how old that was. */
export interface ProvedBlock {
  readonly block: bigint;
  /** Seconds, by this machine's clock. */
  readonly age: bigint;
  /** Witnesses that it needed. */
  readonly witnesses: number;
}

/**
 * The registry at the newest block that the witnesses agree on.
 * @throws CHAIN_WRONG, WITNESSES_DISAGREE, CHAIN_DISAGREES, CHAIN_UNREACHABLE, HEADER_MALFORMED; PROOF_*, ACCOUNT_*,
 * NODE_CONTRADICTED
 */
export async function openRegistry({ trust, registry, sources }: RegistryProofs): Promise<ProvedStorage> {
  const { header } = await witnessedHeader(trust, NO_CHALLENGE, sources);
  const [node] = sources.nodes;
  if (node === undefined) throw new RangeError("at least one node");
  return await ProvedStorage.open(node, header, registry);
}

/** @param now unix seconds */
export function provedBlock({ header }: ProvedStorage, { trust }: RegistryProofs, now: bigint): ProvedBlock {
  return { block: header.number, age: now - header.timestamp, witnesses: trust.witnessThreshold };
}
