// SPDX-License-Identifier: Apache-2.0
// k witnesses for one block. They choose the block; what is collected is what they agree on.
import { TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import type { WitnessSignature } from "../protocol/chain.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { checkWitnessStatement, type WitnessStatement } from "../protocol/witness-statement.ts";
import type { WitnessSource } from "../witness/witness.ts";

export interface WitnessedBlock {
  readonly number: bigint;
  readonly blockHash: Uint8Array;
  /** Ascending by index. */
  readonly witnesses: readonly WitnessSignature[];
}

/**
 * Asks every source once.
 *
 * @param nonce 32 zero bytes, or a unit's challenge
 * @throws WITNESSES_DISAGREE where no block has k statements of this trust block's witnesses and epoch
 */
export async function collectWitnesses(
  sources: readonly WitnessSource[],
  trust: TrustBlock,
  nonce: Uint8Array,
): Promise<WitnessedBlock> {
  const answers = await Promise.allSettled(sources.map((source) => source.statement(nonce)));
  const usable = answers
    .filter((answer) => answer.status === "fulfilled")
    .map(({ value }) => value)
    .filter((statement) => isUsable(statement, trust, nonce));
  const quorum = newestQuorum(usable, trust.witnessThreshold);
  if (quorum === undefined) {
    throw new TouchmarkError("WITNESSES_DISAGREE", { data: { answers: describe(sources, answers) } });
  }
  const [{ number, blockHash }] = quorum;
  const witnesses = quorum
    .map(({ publicKey, signature }) => ({ index: indexOf(trust, publicKey), signature }))
    .toSorted((a, b) => a.index - b.index)
    .slice(0, trust.witnessThreshold);
  return { number, blockHash, witnesses };
}

function isUsable(statement: WitnessStatement, trust: TrustBlock, nonce: Uint8Array): boolean {
  const matches =
    statement.chainId === trust.chainId &&
    statement.epoch === trust.epoch &&
    equalBytes(statement.nonce, nonce) &&
    indexOf(trust, statement.publicKey) >= 0;
  return matches && holds(statement);
}

function holds(statement: WitnessStatement): boolean {
  try {
    checkWitnessStatement(statement);
    return true;
  } catch {
    return false;
  }
}

function indexOf(trust: TrustBlock, publicKey: Uint8Array): number {
  return trust.witnesses.findIndex((key) => equalBytes(key, publicKey));
}

type Quorum = readonly [WitnessStatement, ...WitnessStatement[]];

function newestQuorum(statements: readonly WitnessStatement[], threshold: number): Quorum | undefined {
  const blocks = Map.groupBy(statements, ({ number, blockHash }) => `${number} ${toHex(blockHash)}`);
  return [...blocks.values()]
    .map(distinctKeys)
    .filter((group): group is [WitnessStatement, ...WitnessStatement[]] => group.length >= threshold)
    .toSorted(([a], [b]) => Number(b.number - a.number))[0];
}

function distinctKeys(statements: readonly WitnessStatement[]): WitnessStatement[] {
  return [...new Map(statements.map((statement) => [toHex(statement.publicKey), statement])).values()];
}

function describe(
  sources: readonly WitnessSource[],
  answers: readonly PromiseSettledResult<WitnessStatement>[],
): object[] {
  return answers.map((answer, at) => ({
    witness: sources[at]?.name,
    ...(answer.status === "fulfilled"
      ? { number: String(answer.value.number), hash: toHex(answer.value.blockHash), epoch: answer.value.epoch }
      : { error: String(answer.reason instanceof TouchmarkError ? answer.reason.code : answer.reason) }),
  }));
}
