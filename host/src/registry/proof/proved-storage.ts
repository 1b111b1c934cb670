// SPDX-License-Identifier: Apache-2.0
// Our registry's storage at a block that witnesses vouch for. The node that serves it is believed nothing: each word
// comes with its proof, up to the header.
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Account } from "../../protocol/account.ts";
import { decodeStorageInteger } from "../../protocol/storage-slot.ts";
import { type TrieProof, verifyTrieProof } from "../../protocol/trie-proof.ts";
import { proveAccount } from "../../verify/account-proof.ts";
import type { EncodedHeader, EthereumNode } from "../../witness/ethereum-node.ts";
import { requireRegistryCode } from "./registry-code.ts";

export class ProvedStorage {
  readonly node: EthereumNode;
  readonly header: EncodedHeader;
  readonly #registry: Uint8Array;

  private constructor(node: EthereumNode, header: EncodedHeader, registry: Uint8Array) {
    this.node = node;
    this.header = header;
    this.#registry = registry;
  }

  /**
   * @param header of a block that k witnesses signed @param registry 20 bytes
   * @throws PROOF_*, RLP_MALFORMED, ACCOUNT_*, NODE_CONTRADICTED naming the node; CHAIN_UNREACHABLE
   */
  static async open(node: EthereumNode, header: EncodedHeader, registry: Uint8Array): Promise<ProvedStorage> {
    const storage = new ProvedStorage(node, header, registry);
    const { account } = await node.proofs(registry, [], header.number);
    const code = await node.code(registry, header.number);
    storage.#named(() => requireRegistryCode(code, storage.#account(account).codeHash));
    return storage;
  }

  /**
   * The words of these slots, 0 for one that was proved absent.
   * @throws PROOF_*, RLP_MALFORMED, ACCOUNT_*, WORD_MALFORMED naming the node; CHAIN_UNREACHABLE
   */
  async words(slots: readonly Uint8Array[]): Promise<bigint[]> {
    const { account, storage } = await this.node.proofs(this.#registry, slots, this.header.number);
    return this.#named(() => {
      const { storageRoot } = this.#account(account);
      return slots.map((slot, at) => {
        const leaf = verifyTrieProof(storageRoot, keccak_256(slot), storage[at] ?? []);
        return leaf === null ? 0n : decodeStorageInteger(leaf);
      });
    });
  }

  #account(proof: TrieProof): Account {
    return proveAccount(this.header.stateRoot, this.#registry, proof);
  }

  #named<T>(run: () => T): T {
    return this.node.named(run, { block: `${this.header.number}` });
  }
}
