// SPDX-License-Identifier: Apache-2.0
import type { Signer } from "../keys/signer.ts";
import type { BlockHeader } from "../protocol/block-header.ts";
import { blockWitnessDigest } from "../protocol/eip712-witness.ts";
import { checkWitnessStatement, type WitnessStatement } from "../protocol/witness-statement.ts";
import type { WitnessPolicy } from "./policy.ts";
import type { WitnessRecord } from "./record.ts";

/**
 * Records, then signs. A number once signed under one hash is never signed under another.
 *
 * @param nonce 32 zero bytes, or a unit's challenge
 * @throws WITNESS_EQUIVOCATION, KEY_LOCKED
 */
export async function signBlockWitness(
  signer: Signer,
  record: WitnessRecord,
  { chainId, epoch }: Pick<WitnessPolicy, "chainId" | "epoch">,
  block: Pick<BlockHeader, "number" | "hash" | "timestamp">,
  nonce: Uint8Array,
): Promise<WitnessStatement> {
  const { number, hash: blockHash, timestamp } = block;
  const witness = { number, blockHash, timestamp, epoch, nonce };
  record.commit(chainId, number, blockHash);
  const signature = await signer.sign(blockWitnessDigest(chainId, witness));
  const statement = { ...witness, chainId, publicKey: signer.publicKey, signature };
  checkWitnessStatement(statement);
  return statement;
}
