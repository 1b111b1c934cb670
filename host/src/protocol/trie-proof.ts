// SPDX-License-Identifier: Apache-2.0
// Merkle-Patricia proofs (yellow paper, appendix D) under a 32-byte hashed key: Ethereum's state and storage tries. The
// twin of firmware/core/trie.c: each node is bound by its hash to the one before it, a node below 32 bytes stands inside
// its parent, and every node offered has to be used.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { limits } from "./generated.ts";
import { type RlpSpan, readRlp, readRlpList } from "./rlp.ts";

/** Nodes as `eth_getProof` gives them, root first. */
export type TrieProof = readonly Uint8Array[];

const HASH_BYTES = 32;
const BRANCH_ITEMS = 17;
const EMPTY_TRIE_ROOT = keccak_256(Uint8Array.of(0x80));

type Node =
  | { readonly kind: "branch"; readonly children: readonly RlpSpan[] }
  | { readonly kind: "extension"; readonly path: readonly number[]; readonly child: RlpSpan }
  | { readonly kind: "leaf"; readonly path: readonly number[]; readonly value: RlpSpan };

/**
 * What the trie with this root holds under `key`; null where the proof shows that there is nothing. No nodes at all prove
 * that only of the empty trie.
 *
 * @throws PROOF_NODE_HASH, PROOF_NODE_MALFORMED, PROOF_PATH, PROOF_TOO_DEEP, PROOF_UNUSED_NODE, PROOF_INCOMPLETE,
 *   RLP_MALFORMED: not a proof of either.
 */
export function verifyTrieProof(root: Uint8Array, key: Uint8Array, proof: TrieProof): Uint8Array | null {
  if (proof.length > limits.trieDepth) throw new TouchmarkError("PROOF_TOO_DEEP");
  if (proof.length === 0 && equalBytes(root, EMPTY_TRIE_ROOT)) return null;
  const walk = new Walk(proof);
  const value = walk.down(root, nibbles(key));
  walk.end();
  return value;
}

class Walk {
  readonly #proof: TrieProof;
  #used = 0;

  constructor(proof: TrieProof) {
    this.#proof = proof;
  }

  down(root: Uint8Array, key: readonly number[]): Uint8Array | null {
    let rest = key;
    let node = decodeNode(this.#hashed(root));
    for (;;) {
      if (node.kind === "leaf") return leafValue(node.path, node.value, rest);
      const child =
        node.kind === "branch" ? branchChild(node.children, rest) : extensionChild(node.path, node.child, rest);
      if (child === null) return null;
      rest = rest.slice(node.kind === "branch" ? 1 : node.path.length);
      const next = decodeNode(child.isList ? child.encoded : this.#hashed(child.payload));
      if (node.kind === "extension" && next.kind !== "branch") throw malformed();
      node = next;
    }
  }

  end(): void {
    if (this.#used < this.#proof.length) throw new TouchmarkError("PROOF_UNUSED_NODE");
  }

  #hashed(hash: Uint8Array): Uint8Array {
    const isRoot = this.#used === 0;
    const node = this.#proof[this.#used++];
    if (node === undefined) throw new TouchmarkError("PROOF_INCOMPLETE");
    if (node.length > limits.trieNodeBytes) throw malformed();
    if (!equalBytes(keccak_256(node), hash)) throw new TouchmarkError("PROOF_NODE_HASH");
    // A shorter node stands inside its parent; only the root is hashed whatever its length.
    if (node.length < HASH_BYTES && !isRoot) throw malformed();
    return node;
  }
}

function branchChild(children: readonly RlpSpan[], rest: readonly number[]): RlpSpan | null {
  const [nibble] = rest;
  if (nibble === undefined) throw new TouchmarkError("PROOF_PATH");
  const child = children[nibble];
  return child === undefined || isEmpty(child) ? null : child;
}

function extensionChild(path: readonly number[], child: RlpSpan, rest: readonly number[]): RlpSpan | null {
  if (path.length === 0 || !isReference(child)) throw malformed();
  if (path.length >= rest.length) throw new TouchmarkError("PROOF_PATH");
  return startsWith(rest, path) ? child : null;
}

function leafValue(path: readonly number[], value: RlpSpan, rest: readonly number[]): Uint8Array | null {
  if (path.length !== rest.length) throw new TouchmarkError("PROOF_PATH");
  if (value.isList || value.payload.length === 0) throw malformed();
  return startsWith(rest, path) ? value.payload : null;
}

function decodeNode(encoded: Uint8Array): Node {
  const items = readItems(encoded);
  if (items.length === BRANCH_ITEMS) return decodeBranch(items);
  const [path, target] = items;
  if (items.length !== 2 || path === undefined || target === undefined || path.isList) throw malformed();
  const { isLeaf, nibbles: partial } = decodeHexPrefix(path.payload);
  return isLeaf ? { kind: "leaf", path: partial, value: target } : { kind: "extension", path: partial, child: target };
}

function readItems(encoded: Uint8Array): RlpSpan[] {
  const items: RlpSpan[] = [];
  for (let rest = readRlpList(encoded); rest.length > 0; ) {
    if (items.length === BRANCH_ITEMS) throw malformed();
    const item = readRlp(rest);
    items.push(item);
    rest = rest.subarray(item.encoded.length);
  }
  return items;
}

function decodeBranch(items: readonly RlpSpan[]): Node {
  const children = items.slice(0, BRANCH_ITEMS - 1);
  if (!children.every((child) => isEmpty(child) || isReference(child))) throw malformed();
  // All keys are 32 bytes long, so none ends inside a branch.
  const value = items[BRANCH_ITEMS - 1];
  if (value === undefined || !isEmpty(value)) throw malformed();
  return { kind: "branch", children };
}

/** A hash, or a whole node where its encoding is shorter than a hash. */
function isReference(child: RlpSpan): boolean {
  return child.isList ? child.encoded.length < HASH_BYTES : child.payload.length === HASH_BYTES;
}

function isEmpty(child: RlpSpan): boolean {
  return !child.isList && child.payload.length === 0;
}

/** Yellow paper, appendix C: flags leaf (2) and odd (1) in the first nibble; where even, the second is zero. */
function decodeHexPrefix(packed: Uint8Array): { isLeaf: boolean; nibbles: readonly number[] } {
  if (packed.length > 1 + HASH_BYTES) throw malformed();
  const [flags, second, ...others] = nibbles(packed);
  if (flags === undefined || second === undefined || flags > 3) throw malformed();
  const isOdd = (flags & 1) === 1;
  if (!isOdd && second !== 0) throw malformed();
  return { isLeaf: (flags & 2) === 2, nibbles: isOdd ? [second, ...others] : others };
}

function nibbles(bytes: Uint8Array): number[] {
  return Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15]);
}

function startsWith(path: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((nibble, index) => path[index] === nibble);
}

function malformed(): TouchmarkError {
  return new TouchmarkError("PROOF_NODE_MALFORMED");
}
