// SPDX-License-Identifier: Apache-2.0
// `#chain` as proof: trust statements, header, witnesses, freshness and the board's words (protocol/chain.md). What the
// words say is the step's to judge; by then the unit has stored what the proof moved.
import { TouchmarkError } from "../errors.ts";
import type { BlockHeader } from "../protocol/block-header.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { type Chain, decodeChain } from "../protocol/chain.ts";
import { advanceFloor, type TrustBlock } from "../protocol/trust-block.ts";
import type { Anchor } from "./anchor.ts";
import { type BoardWords, proveBoardWords } from "./board-proofs.ts";
import { requireRoot } from "./judgements.ts";
import { applyTrustStatements } from "./trust-statements.ts";
import { requireChallenge, verifyWitnessedHeader } from "./witnesses.ts";

export type StepName = "bundle" | "enroll" | "lock" | "notice" | "rotate";

/** What a step asks of a chain. */
export interface ChainQuestion {
  readonly step: StepName;
  /** Manifest digest of the release that it is about: the bundle's, else the running one's. */
  readonly releaseDigest: Uint8Array;
  /** The one outstanding, 32 bytes. */
  readonly challenge?: Uint8Array;
  /** What a bundle's license block names. */
  readonly pinned?: { readonly board: Uint8Array; readonly boardCodeHash: Uint8Array; readonly minBlock: bigint };
}

export interface ChainFacts {
  /** With the statements applied and the floor advanced. */
  readonly anchor: Anchor;
  readonly block: BlockHeader;
  readonly words: BoardWords;
}

const NEEDED: Readonly<Record<StepName, readonly (keyof BoardWords)[]>> = {
  bundle: ["license", "release"],
  enroll: ["license", "root"],
  lock: ["license", "release", "root"],
  notice: ["license"],
  rotate: [],
};

/** @throws CHAIN_MALFORMED, TRUST_*, HEADER_MALFORMED, WITNESS_*, CHALLENGE_*, BLOCK_*, PROOF_* and more: nothing moved. */
export function proveChain(encoded: Uint8Array, question: ChainQuestion, start: Anchor): ChainFacts {
  const chain = decodeChain(encoded);
  const anchor = applyTrustStatements(start, chain.trust);
  const { trust } = anchor;
  const isRootChange = !equalBytes(trust.rootHash, start.trust.rootHash);
  checkBoard(trust, question);
  const block = verifyWitnessedHeader(trust, chain);
  requireChallenge(chain.nonce, question.challenge, needsChallenge(question));
  checkAge(block, question, trust);
  checkOffered(chain, question.step, isRootChange);
  const words = proveBoardWords(trust, block.stateRoot, chain, question.releaseDigest);
  if (isRootChange) requireRoot(words.root, anchor.root);
  return { anchor: { ...anchor, trust: advanceFloor(trust, block.number, block.timestamp) }, block, words };
}

/** To lock always; to install while a challenge is outstanding. Notice and trust statements only ever move forward. */
function needsChallenge({ step, challenge }: ChainQuestion): boolean {
  return step === "lock" || (step === "bundle" && challenge !== undefined);
}

function checkBoard(trust: TrustBlock, { pinned }: ChainQuestion): void {
  if (pinned === undefined) return;
  const same = equalBytes(pinned.board, trust.board) && equalBytes(pinned.boardCodeHash, trust.boardCodeHash);
  if (!same) throw new TouchmarkError("BOARD_MISMATCH");
}

function checkAge(block: BlockHeader, { pinned }: ChainQuestion, trust: TrustBlock): void {
  const { floorNumber: floor } = trust;
  const minimum = pinned?.minBlock ?? 0n;
  if (block.number < floor) throw new TouchmarkError("BLOCK_BELOW_FLOOR", { data: { block: block.number, floor } });
  if (block.number < minimum)
    throw new TouchmarkError("BLOCK_BELOW_MINIMUM", { data: { block: block.number, minimum } });
}

function checkOffered(chain: Chain, step: StepName, isRootChange: boolean): void {
  if (isRootChange && chain.root.length === 0) throw new TouchmarkError("TRUST_ROOT_NOT_PROVED");
  const missing = NEEDED[step].find((name) => chain[name].length === 0);
  if (missing !== undefined) throw new TouchmarkError("PROOF_INCOMPLETE", { data: { missing } });
}
