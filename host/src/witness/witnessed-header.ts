// SPDX-License-Identifier: Apache-2.0
// The block that k witnesses vouch for, as nodes serve it: from here on a node is believed no further than what it says
// can be proved under this header.
import { TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import type { WitnessSignature } from "../protocol/chain.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { collectWitnesses } from "./collect-witnesses.ts";
import { agreedHeader, type EncodedHeader, type EthereumNode } from "./ethereum-node.ts";
import type { WitnessSource } from "./witness.ts";

/** Where a proof comes from. With two or more nodes, all have to serve the same block. */
export interface ProofSources {
  readonly nodes: readonly EthereumNode[];
  readonly witnesses: readonly WitnessSource[];
}

export interface WitnessedHeader {
  readonly header: EncodedHeader;
  /** k of them, ascending by index. */
  readonly witnesses: readonly WitnessSignature[];
}

/**
 * @param nonce 32 zero bytes, or a unit's challenge
 * @throws CHAIN_WRONG, WITNESSES_DISAGREE, CHAIN_DISAGREES for nodes that serve another block, CHAIN_UNREACHABLE,
 * HEADER_MALFORMED
 */
export async function witnessedHeader(
  trust: TrustBlock,
  nonce: Uint8Array,
  { nodes, witnesses }: ProofSources,
): Promise<WitnessedHeader> {
  await Promise.all(nodes.map((node) => node.requireChain(trust.chainId)));
  const witnessed = await collectWitnesses(witnesses, trust, nonce);
  const header = await agreedHeader(nodes, witnessed.number);
  if (!equalBytes(header.hash, witnessed.blockHash)) {
    const data = {
      number: String(header.number),
      from: nodes.map(({ name }) => name),
      nodes: toHex(header.hash),
      witnesses: toHex(witnessed.blockHash),
    };
    throw new TouchmarkError("CHAIN_DISAGREES", { data });
  }
  return { header, witnesses: witnessed.witnesses };
}
