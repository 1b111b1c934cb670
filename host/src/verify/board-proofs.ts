// SPDX-License-Identifier: Apache-2.0
// What the board holds at a block, by account and storage proofs: protocol/chain.md, checks 6 to 9. Proved here, judged
// in judgements.ts.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import type { Account } from "../protocol/account.ts";
import { equalBytes } from "../protocol/bytes.ts";
import type { Chain } from "../protocol/chain.ts";
import { decodeStorageWord, licenseSlot, releaseSlot, rootSlot } from "../protocol/storage-word.ts";
import { type TrieProof, verifyTrieProof } from "../protocol/trie-proof.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { proveAccount } from "./account-proof.ts";

/** 32 bytes; null where proved absent; undefined where no proof was offered. */
export type ProvedWord = Uint8Array | null | undefined;

export interface BoardWords {
  readonly license: ProvedWord;
  readonly release: ProvedWord;
  readonly root: ProvedWord;
}

export type BoardProofs = Pick<Chain, "account" | keyof BoardWords>;

/**
 * Walks every proof on offer.
 *
 * @param releaseDigest of the release that the step is about
 * @throws PROOF_*, RLP_MALFORMED, ACCOUNT_*, WORD_MALFORMED
 */
export function proveBoardWords(
  trust: TrustBlock,
  stateRoot: Uint8Array,
  proofs: BoardProofs,
  releaseDigest: Uint8Array,
): BoardWords {
  const { account, license, release, root } = proofs;
  if (account.length + license.length + release.length + root.length === 0) {
    return { license: undefined, release: undefined, root: undefined };
  }
  const { storageRoot } = proveBoard(trust, stateRoot, account);
  return {
    license: proveWord(storageRoot, licenseSlot(trust.manufacturerId), license),
    release: proveWord(storageRoot, releaseSlot(trust.manufacturerId, releaseDigest), release),
    root: proveWord(storageRoot, rootSlot(trust.manufacturerId), root),
  };
}

function proveBoard(trust: TrustBlock, stateRoot: Uint8Array, proof: TrieProof): Account {
  const account = proveAccount(stateRoot, trust.board, proof);
  if (!equalBytes(account.codeHash, trust.boardCodeHash)) throw new TouchmarkError("ACCOUNT_CODE_HASH");
  return account;
}

function proveWord(storageRoot: Uint8Array, slot: Uint8Array, proof: TrieProof): ProvedWord {
  if (proof.length === 0) return undefined;
  const leaf = verifyTrieProof(storageRoot, keccak_256(slot), proof);
  return leaf === null ? null : decodeStorageWord(leaf);
}
