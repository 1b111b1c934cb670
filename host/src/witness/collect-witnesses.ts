// SPDX-License-Identifier: Apache-2.0
// k witnesses for one block. They choose the block; what is collected is what they agree on.
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import type { WitnessSignature } from "../protocol/chain.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { checkWitnessStatement, type WitnessStatement } from "../protocol/witness-statement.ts";
import type { WitnessSource } from "./witness.ts";

const CODE_MAX = 64; // a service may say anything

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
    .filter((statement) => unusable(statement, trust, nonce) === undefined);
  const quorum = newestQuorum(usable, trust.witnessThreshold);
  if (quorum === undefined) {
    const { witnessThreshold: needed } = trust;
    throw new TouchmarkError("WITNESSES_DISAGREE", {
      data: { needed, answers: describe(sources, answers, notCounted(usable, trust, nonce)) },
    });
  }
  const [{ number, blockHash }] = quorum;
  const witnesses = quorum
    .map(({ publicKey, signature }) => ({ index: indexOf(trust, publicKey), signature }))
    .toSorted((a, b) => a.index - b.index)
    .slice(0, trust.witnessThreshold);
  return { number, blockHash, witnesses };
}

/** Why a statement is none for this unit; undefined where it is one. */
function unusable(statement: WitnessStatement, trust: TrustBlock, nonce: Uint8Array): string | undefined {
  if (statement.chainId !== trust.chainId) return `of chain ${statement.chainId}, not ${trust.chainId}`;
  if (indexOf(trust, statement.publicKey) < 0) return "not a witness of the trust block";
  if (statement.epoch !== trust.epoch) return `of epoch ${statement.epoch}, not ${trust.epoch}`;
  if (!equalBytes(statement.nonce, nonce)) return "over another nonce";
  return holds(statement) ? undefined : "the signature does not verify";
}

/** Why a statement does not count among those for the block that most stand for. */
function notCounted(usable: readonly WitnessStatement[], trust: TrustBlock, nonce: Uint8Array) {
  const most = byBlock(usable).toSorted((a, b) => b.length - a.length)[0] ?? [];
  return (statement: WitnessStatement): string | undefined => {
    const why = unusable(statement, trust, nonce);
    if (why !== undefined || most.includes(statement)) return why;
    const again = most.some(({ publicKey }) => equalBytes(publicKey, statement.publicKey));
    return again ? "its key has answered already" : "another block than the most stand for";
  };
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
  return byBlock(statements)
    .filter((group): group is [WitnessStatement, ...WitnessStatement[]] => group.length >= threshold)
    .toSorted(([a], [b]) => Number(b.number - a.number))[0];
}

/** Statements for one block together, each key's first alone. */
function byBlock(statements: readonly WitnessStatement[]): WitnessStatement[][] {
  const blocks = Map.groupBy(statements, ({ number, blockHash }) => `${number} ${toHex(blockHash)}`);
  return [...blocks.values()].map((group) => {
    const keys = group.map(({ publicKey }) => toHex(publicKey));
    return group.filter((_, at) => keys.indexOf(keys[at] ?? "") === at);
  });
}

function describe(
  sources: readonly WitnessSource[],
  answers: readonly PromiseSettledResult<WitnessStatement>[],
  why: (statement: WitnessStatement) => string | undefined,
): object[] {
  return answers.map((answer, at) => ({
    witness: sources[at]?.name,
    ...(answer.status === "fulfilled"
      ? {
          number: String(answer.value.number),
          hash: toHex(answer.value.blockHash),
          epoch: answer.value.epoch,
          notCounted: why(answer.value),
        }
      : failure(answer.reason)),
  }));
}

/** With the code that a service gave for its refusal, where it gave one. */
function failure(reason: unknown): object {
  if (!isTouchmarkError(reason)) return { error: String(reason) };
  const refusal = reason.data["answer"] as { readonly code?: unknown } | null | undefined;
  const code = refusal?.code;
  return { error: reason.code, ...(typeof code === "string" && { answer: code.slice(0, CODE_MAX) }) };
}
