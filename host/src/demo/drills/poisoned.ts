// SPDX-License-Identifier: Apache-2.0
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Signer } from "../../keys/signer.ts";
import { encodeChain, NO_CHALLENGE } from "../../protocol/chain.ts";
import { blockWitnessDigest } from "../../protocol/eip712-witness.ts";
import { encodeRlp, integerBytes, type RlpItem } from "../../protocol/rlp.ts";

export interface PoisonedBlock {
  readonly number: bigint;
  readonly chainId: bigint;
  readonly epoch: number;
}

/** A block that k witnesses made up: no state behind it, so no words are offered. */
export async function poisonedChain(block: PoisonedBlock, witnesses: readonly Signer[]): Promise<Uint8Array> {
  const { number, chainId, epoch } = block;
  const timestamp = 1n;
  const fields: RlpItem[] = Array.from({ length: 16 }, () => new Uint8Array(32).fill(1));
  fields[8] = integerBytes(number);
  fields[11] = integerBytes(timestamp);
  const header = encodeRlp(fields);
  const nonce = NO_CHALLENGE;
  const digest = blockWitnessDigest(chainId, { number, blockHash: keccak_256(header), timestamp, epoch, nonce });
  const sign = async (signer: Signer, index: number) => ({ index, signature: await signer.sign(digest) });
  const signed = await Promise.all(witnesses.map(sign));
  return encodeChain({ trust: [], header, nonce, witnesses: signed, account: [], license: [], release: [], root: [] });
}
