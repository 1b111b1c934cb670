// SPDX-License-Identifier: Apache-2.0
// A contract's account under a state root, by its proof: protocol/chain.md, check 6.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { type Account, decodeAccount } from "../protocol/account.ts";
import { type TrieProof, verifyTrieProof } from "../protocol/trie-proof.ts";

/** @param address 20 bytes @throws PROOF_*, RLP_MALFORMED, ACCOUNT_ABSENT, ACCOUNT_MALFORMED */
export function proveAccount(stateRoot: Uint8Array, address: Uint8Array, proof: TrieProof): Account {
  const leaf = verifyTrieProof(stateRoot, keccak_256(address), proof);
  if (leaf === null) throw new TouchmarkError("ACCOUNT_ABSENT");
  return decodeAccount(leaf);
}
