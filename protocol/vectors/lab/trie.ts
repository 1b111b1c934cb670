// SPDX-License-Identifier: Apache-2.0
// A Merkle-Patricia trie that can be built, proved and spoiled: for vectors. Honest tries come from `buildTrie`; hostile
// ones from `proofOf` over nodes that nobody checks.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { equalBytes } from "../../../host/src/protocol/bytes.ts";
import { encodeRlp, type RlpItem } from "../../../host/src/protocol/rlp.ts";

export type Nibbles = readonly number[];

export type TrieNode =
  | { readonly kind: "leaf"; readonly path: Nibbles; readonly value: Uint8Array }
  | { readonly kind: "extension"; readonly path: Nibbles; readonly child: TrieNode }
  | { readonly kind: "branch"; readonly children: readonly (TrieNode | undefined)[]; readonly value?: Uint8Array }
  /** Whatever a hostile node says, as RLP items; `child` is where the proof goes on. */
  | { readonly kind: "raw"; readonly items: (child: RlpItem) => RlpItem; readonly child?: TrieNode }
  /** Bytes that need not be RLP. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** A node that nobody looks into: its hash alone. */
  | { readonly kind: "unseen"; readonly hash: Uint8Array };

const HASH_BYTES = 32;

export function nibbles(bytes: Uint8Array): number[] {
  return Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15]);
}

/**
 * A trie whose keys stand this many nodes deep, as in a state of 16^(depth - 1) accounts: above their leaves every branch
 * is full. What the others are is not needed: `unseen` gives their hashes.
 */
export function deepTrie(entries: ReadonlyMap<string, Uint8Array>, depth: number, unseen: () => Uint8Array): TrieNode {
  const list = [...entries].map(([key, value]) => ({ path: nibbles(Buffer.from(key, "hex")), value }));
  return deepen(list, depth, unseen);
}

function deepen(entries: readonly Entry[], depth: number, unseen: () => Uint8Array): TrieNode {
  if (depth <= 1) return build(entries);
  const children = Array.from({ length: 16 }, (_, nibble): TrieNode => {
    const group = entries.filter(({ path }) => path[0] === nibble);
    if (group.length === 0) return { kind: "unseen", hash: unseen() };
    const below = group.map(({ path, value }) => ({ path: path.slice(1), value }));
    return deepen(below, depth - 1, unseen);
  });
  return { kind: "branch", children };
}

export function buildTrie(entries: ReadonlyMap<string, Uint8Array>): TrieNode | undefined {
  const list = [...entries].map(([key, value]) => ({ path: nibbles(Buffer.from(key, "hex")), value }));
  return list.length === 0 ? undefined : build(list);
}

interface Entry {
  readonly path: Nibbles;
  readonly value: Uint8Array;
}

function build(entries: readonly Entry[]): TrieNode {
  const [first] = entries;
  if (first === undefined) throw new RangeError("no entries");
  if (entries.length === 1) return { kind: "leaf", ...first };
  const shared = first.path.findIndex((nibble, at) => entries.some(({ path }) => path[at] !== nibble));
  if (shared > 0) {
    const rest = entries.map(({ path, value }) => ({ path: path.slice(shared), value }));
    return { kind: "extension", path: first.path.slice(0, shared), child: build(rest) };
  }
  const groups = Map.groupBy(entries, ({ path }) => path[0] ?? -1);
  const children = Array.from({ length: 16 }, (_, nibble) => {
    const group = groups.get(nibble);
    return group === undefined ? undefined : build(group.map(({ path, value }) => ({ path: path.slice(1), value })));
  });
  return { kind: "branch", children };
}

/**
 * The trie with another value under this key, or without it. What stands there is replaced, unseen nodes among it; nothing
 * is joined or split, as an honest trie would.
 */
export function withValue(
  node: TrieNode | undefined,
  key: Nibbles,
  value: Uint8Array | undefined,
): TrieNode | undefined {
  if (node?.kind === "branch") {
    const at = key[0] ?? 0;
    const child = withValue(node.children[at], key.slice(1), value);
    return child === node.children[at] ? node : { ...node, children: node.children.with(at, child) };
  }
  if (node?.kind === "extension" && holds(node.path, key)) {
    const child = withValue(node.child, key.slice(node.path.length), value);
    return child === node.child || child === undefined ? node : { ...node, child };
  }
  const isOwn = node?.kind === "leaf" && node.path.length === key.length && holds(node.path, key);
  if (value === undefined) return isOwn ? undefined : node;
  return isOwn && equalBytes(node.value, value) ? node : { kind: "leaf", path: key, value };
}

const holds = (path: Nibbles, key: Nibbles): boolean => path.every((nibble, at) => key[at] === nibble);

/** Hex prefix, yellow paper appendix C. */
export function hexPrefix(path: Nibbles, isLeaf: boolean): Uint8Array {
  const isOdd = path.length % 2 === 1;
  const flags = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0);
  return pack([flags, ...(isOdd ? [] : [0]), ...path]);
}

export function pack(path: Nibbles): Uint8Array {
  return Uint8Array.from({ length: path.length / 2 }, (_, at) => ((path[2 * at] ?? 0) << 4) | (path[2 * at + 1] ?? 0));
}

const NOTHING = new Uint8Array();

type Readable = Exclude<TrieNode, { kind: "bytes" | "unseen" }>;

function itemOf(node: Readable): RlpItem {
  if (node.kind === "leaf") return [hexPrefix(node.path, true), node.value];
  if (node.kind === "extension") return [hexPrefix(node.path, false), reference(node.child)];
  if (node.kind === "raw") return node.items(node.child === undefined ? NOTHING : reference(node.child));
  const children = node.children.map((child) => (child === undefined ? NOTHING : reference(child)));
  return [...children, node.value ?? NOTHING];
}

// By the node: a large trie's are asked for often.
const encodings = new WeakMap<TrieNode, Uint8Array>();

export function encodeNode(node: TrieNode): Uint8Array {
  if (node.kind === "bytes") return node.bytes;
  if (node.kind === "unseen") throw new RangeError("nobody knows what stands there");
  const known = encodings.get(node);
  if (known !== undefined) return known;
  const encoded = encodeRlp(itemOf(node));
  encodings.set(node, encoded);
  return encoded;
}

/** A node shorter than a hash stands inside its parent. */
function reference(node: TrieNode): RlpItem {
  if (node.kind === "unseen") return node.hash;
  const encoded = encodeNode(node);
  return encoded.length < HASH_BYTES && node.kind !== "bytes" ? itemOf(node) : keccak_256(encoded);
}

export function rootOf(node: TrieNode | undefined): Uint8Array {
  return keccak_256(node === undefined ? Uint8Array.of(0x80) : encodeNode(node));
}

/** The nodes that eth_getProof would give for this key: as far as the path goes and is seen, inline ones left out. */
export function proofOf(root: TrieNode | undefined, key: Nibbles): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let node = root;
  let rest = key;
  for (let isRoot = true; node !== undefined && node.kind !== "unseen"; isRoot = false) {
    const encoded = encodeNode(node);
    if (isRoot || encoded.length >= HASH_BYTES || node.kind === "bytes") proof.push(encoded);
    [node, rest] = step(node, rest);
  }
  return proof;
}

function step(node: TrieNode, rest: Nibbles): [TrieNode | undefined, Nibbles] {
  if (node.kind === "branch") return [node.children[rest[0] ?? 0], rest.slice(1)];
  if (node.kind === "raw") return [node.child, rest];
  if (node.kind !== "extension") return [undefined, rest];
  return [holds(node.path, rest) ? node.child : undefined, rest.slice(node.path.length)];
}
