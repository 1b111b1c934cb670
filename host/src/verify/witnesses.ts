// SPDX-License-Identifier: Apache-2.0
// The federation's word for a block: protocol/chain.md, checks 3 to 5.
import { TouchmarkError } from "../errors.ts";
import { type BlockHeader, decodeBlockHeader } from "../protocol/block-header.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { type Chain, NO_CHALLENGE, type WitnessSignature } from "../protocol/chain.ts";
import { blockWitnessDigest } from "../protocol/eip712-witness.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { requireSigned } from "./signed.ts";

/** @throws HEADER_MALFORMED, WITNESS_INDEX, WITNESS_QUORUM, WITNESS_SIGNATURE, SIGNATURE_HIGH_S */
export function verifyWitnessedHeader(
  trust: TrustBlock,
  chain: Pick<Chain, "header" | "nonce" | "witnesses">,
): BlockHeader {
  const header = decodeBlockHeader(chain.header);
  checkQuorum(trust, chain.witnesses);
  const { number, hash: blockHash, timestamp } = header;
  const { epoch, chainId } = trust;
  const digest = blockWitnessDigest(chainId, { number, blockHash, timestamp, epoch, nonce: chain.nonce });
  for (const { index, signature } of chain.witnesses) {
    requireSigned(digest, signature, trust.witnesses[index] ?? new Uint8Array(), "WITNESS_SIGNATURE", { index });
  }
  return header;
}

function checkQuorum(trust: TrustBlock, witnesses: readonly WitnessSignature[]): void {
  witnesses.forEach(({ index }, at) => {
    const before = witnesses[at - 1]?.index ?? -1;
    if (index <= before || index >= trust.witnesses.length)
      throw new TouchmarkError("WITNESS_INDEX", { data: { index } });
  });
  const { witnessThreshold: threshold } = trust;
  const listed = witnesses.length;
  if (listed < threshold) throw new TouchmarkError("WITNESS_QUORUM", { data: { listed, threshold } });
}

/** @throws CHALLENGE_REQUIRED, CHALLENGE_EXPIRED */
export function requireChallenge(nonce: Uint8Array, outstanding: Uint8Array | undefined, isRequired: boolean): void {
  if (equalBytes(nonce, NO_CHALLENGE)) {
    if (isRequired) throw new TouchmarkError("CHALLENGE_REQUIRED");
  } else if (outstanding === undefined || !equalBytes(nonce, outstanding)) {
    throw new TouchmarkError("CHALLENGE_EXPIRED");
  }
}
