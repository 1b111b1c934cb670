// SPDX-License-Identifier: Apache-2.0
// D16: proofs that are forged, padded or bent. Where a node is bent, everything above it is hashed anew up to a header
// that witnesses sign: an attacker who controls the root could do no more.

import type { Chain } from "../../../host/src/protocol/chain.ts";
import { encodeRlp, type RlpItem } from "../../../host/src/protocol/rlp.ts";
import type { Case } from "../lab/case.ts";
import { HONEST, licenseWord } from "../lab/scenario.ts";
import { encodeNode, hexPrefix, type Nibbles, type TrieNode } from "../lab/trie.ts";
import { flipped, withSpoil } from "./change.ts";

type Leaf = Extract<TrieNode, { kind: "leaf" }>;

/** The license's leaf, replaced; `depth` is how much of its key lies above it. */
const bent = (title: string, expect: Case["expect"], replace: (leaf: Leaf, depth: number) => TrieNode): Case => ({
  title: `D16 ${title}`,
  expect,
  scenario: withSpoil({ storageTrie: (root, key) => replaceLeaf(root, key, 0, replace) }),
});

function replaceLeaf(
  node: TrieNode,
  key: Nibbles,
  depth: number,
  replace: (leaf: Leaf, depth: number) => TrieNode,
): TrieNode {
  if (node.kind === "leaf") return replace(node, depth);
  if (node.kind === "extension") {
    return { ...node, child: replaceLeaf(node.child, key, depth + node.path.length, replace) };
  }
  if (node.kind !== "branch") throw new RangeError("an honest trie");
  const at = key[depth] ?? 0;
  const child = node.children[at];
  if (child === undefined) throw new RangeError("no leaf there");
  return { ...node, children: node.children.with(at, replaceLeaf(child, key, depth + 1, replace)) };
}

/** The root of the storage trie, replaced by what it says. */
const rootItems = (title: string, expect: Case["expect"], change: (items: readonly RlpItem[]) => RlpItem): Case => ({
  title: `D16 ${title}`,
  expect,
  scenario: withSpoil({ storageTrie: (root, key) => rawBranch(root, key, change) }),
});

/** The root, a branch, as raw items: its child on the way to the key still stands there. */
function rawBranch(root: TrieNode, key: Nibbles, change: (items: readonly RlpItem[]) => RlpItem): TrieNode {
  if (root.kind !== "branch") throw new RangeError("a branch");
  const at = key[0] ?? 0;
  const child = root.children[at];
  const items = Array.from({ length: 17 }, (): RlpItem => new Uint8Array());
  return {
    kind: "raw",
    items: (reference) => change(items.with(at, reference)),
    ...(child === undefined ? {} : { child }),
  };
}

const leafNode = (path: Nibbles, value: Uint8Array): TrieNode => ({ kind: "leaf", path, value });
const raw = (...items: readonly RlpItem[]): TrieNode => ({ kind: "raw", items: () => items });
const extension = (path: Nibbles, child: TrieNode): TrieNode => ({ kind: "extension", path, child });
const bytes = (encoded: Uint8Array): TrieNode => ({ kind: "bytes", bytes: encoded });
const branchOf = (entries: ReadonlyMap<number, TrieNode>, value?: Uint8Array): TrieNode => ({
  kind: "branch",
  children: Array.from({ length: 16 }, (_, nibble) => entries.get(nibble)),
  ...(value === undefined ? {} : { value }),
});

const other = (nibble: number): number => (nibble + 1) % 16;
const otherEnd = (path: Nibbles): number[] => path.with(path.length - 1, other(path.at(-1) ?? 0));
const LICENSE_VALUE = encodeRlp(licenseWord());
const SHORT_VALUE = Uint8Array.of(1);
const HASH = new Uint8Array(32).fill(0xab);

const leafCases: readonly Case[] = [
  bent("the leaf's path one nibble longer", "PROOF_PATH", (leaf) => leafNode([...leaf.path, 0], leaf.value)),
  bent("the leaf's path one nibble shorter", "PROOF_PATH", (leaf) => leafNode(leaf.path.slice(0, -1), leaf.value)),
  bent("a leaf without a path", "PROOF_PATH", (leaf) => leafNode([], leaf.value)),
  bent("a leaf of another key is absence", "LICENSE_ABSENT", (leaf) => leafNode(otherEnd(leaf.path), leaf.value)),
  bent("a leaf dressed as an extension", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(hexPrefix(leaf.path, false), leaf.value),
  ),
  bent("odd and even mixed up", "PROOF_PATH", (leaf) => raw(oddness(hexPrefix(leaf.path, true)), leaf.value)),
  bent("an even path whose second nibble is not zero", "PROOF_NODE_MALFORMED", (leaf, depth) =>
    evenWithPadding(leaf, depth),
  ),
  bent("hex prefix flag 4", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(flipped(hexPrefix(leaf.path, true), 0, 6), leaf.value),
  ),
  bent("hex prefix flag 8", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(flipped(hexPrefix(leaf.path, true), 0, 7), leaf.value),
  ),
  bent("a leaf with an empty path field", "PROOF_NODE_MALFORMED", (leaf) => raw(new Uint8Array(), leaf.value)),
  bent("a path of 34 bytes", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(Uint8Array.from([0x20, ...new Uint8Array(33)]), leaf.value),
  ),
  bent("a path that is a list", "PROOF_NODE_MALFORMED", (leaf) => raw([Uint8Array.of(0x20)], leaf.value)),
  bent("a leaf with an empty value", "PROOF_NODE_MALFORMED", (leaf) => leafNode(leaf.path, new Uint8Array())),
  bent("a leaf whose value is a list", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(hexPrefix(leaf.path, true), [LICENSE_VALUE]),
  ),
  bent("a word shorter than 32 bytes", "WORD_MALFORMED", (leaf) =>
    leafNode(leaf.path, encodeRlp(licenseWord().slice(1))),
  ),
  bent("a word with a byte behind it", "WORD_MALFORMED", (leaf) =>
    leafNode(leaf.path, Uint8Array.from([...leaf.value, 0])),
  ),
  bent("a word in a list", "WORD_MALFORMED", (leaf) => leafNode(leaf.path, encodeRlp([licenseWord()]))),
  bent("a word whose first byte is zero", "WORD_MALFORMED", (leaf) => leafNode(leaf.path, flipped(leaf.value, 1, 0))),
  bent("three items", "PROOF_NODE_MALFORMED", (leaf) => raw(hexPrefix(leaf.path, true), leaf.value, SHORT_VALUE)),
  bent("one item", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(Uint8Array.from([...hexPrefix(leaf.path, true), ...leaf.value])),
  ),
  bent("a byte behind the node's list", "RLP_MALFORMED", (leaf) => bytes(Uint8Array.from([...encodeNode(leaf), 0]))),
  bent("a node cut short", "RLP_MALFORMED", (leaf) => bytes(encodeNode(leaf).slice(0, -1))),
  bent("a node that is a string", "RLP_MALFORMED", () => bytes(encodeRlp(new Uint8Array(60)))),
  bent("a node's length in a longer form", "RLP_MALFORMED", (leaf) => bytes(longList(encodeNode(leaf)))),
  bent("a node's length with a leading zero", "RLP_MALFORMED", (leaf) => bytes(zeroList(encodeNode(leaf)))),
  bent("D22 a node's length of 2^64 - 1", "RLP_MALFORMED", () =>
    bytes(Uint8Array.from([0xff, ...new Uint8Array(8).fill(0xff), ...new Uint8Array(32)])),
  ),
  bent("a value behind a prefix that is not minimal", "RLP_MALFORMED", (leaf) => bytes(longValue(leaf))),
];

/** Leaves whose flag says odd where the path is even, and the reverse: it moves the path by a nibble. */
function oddness(prefixed: Uint8Array): Uint8Array {
  return flipped(prefixed, 0, 4);
}

function evenWithPadding(leaf: Leaf, depth: number): TrieNode {
  // An even path is one whose depth is even; one branch more makes it so.
  const even = depth % 2 === 0 ? leaf.path : leaf.path.slice(1);
  const node = raw(flipped(hexPrefix(even, true), 0, 0), leaf.value);
  if (even === leaf.path) return node;
  return branchOf(new Map([[leaf.path[0] ?? 0, node]]));
}

function payloadOf(node: Uint8Array): Uint8Array {
  return node.slice((node[0] ?? 0) > 0xf7 ? 2 : 1);
}

const longList = (node: Uint8Array): Uint8Array => {
  const payload = payloadOf(node);
  return Uint8Array.from([0xf9, 0, payload.length, ...payload].with(1, 0));
};

const zeroList = (node: Uint8Array): Uint8Array => {
  const payload = payloadOf(node);
  return Uint8Array.from([0xfa, 0, 0, payload.length, ...payload]);
};

function longValue(leaf: Leaf): Uint8Array {
  const path = encodeRlp(hexPrefix(leaf.path, true));
  const payload = [...path, 0xb8, leaf.value.length, ...leaf.value];
  return Uint8Array.from([0xf8, payload.length, ...payload]);
}

const extensionCases: readonly Case[] = [
  bent("an extension to a leaf", "PROOF_NODE_MALFORMED", (leaf) =>
    extension(leaf.path.slice(0, 3), leafNode(leaf.path.slice(3), leaf.value)),
  ),
  bent("an extension to an extension", "PROOF_NODE_MALFORMED", (leaf) =>
    extension(leaf.path.slice(0, 1), extension(leaf.path.slice(1, 2), twoLeaves(leaf, 2))),
  ),
  bent("an extension without a path", "PROOF_NODE_MALFORMED", (leaf) => extension([], twoLeaves(leaf, 0))),
  bent("an extension to nothing", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(hexPrefix(leaf.path.slice(0, 2), false), new Uint8Array()),
  ),
  bent("an extension to 31 bytes", "PROOF_NODE_MALFORMED", (leaf) =>
    raw(hexPrefix(leaf.path.slice(0, 2), false), new Uint8Array(31).fill(1)),
  ),
  bent("an extension beyond the key's end", "PROOF_PATH", (leaf) =>
    extension(leaf.path, branchOf(new Map(), leaf.value)),
  ),
  bent("an extension past the key's end", "PROOF_PATH", (leaf) => raw(hexPrefix([...leaf.path, 1], false), HASH)),
  bent("an honest extension and branch", "OK", (leaf) => extension(leaf.path.slice(0, 3), twoLeaves(leaf, 3))),
  bent("an extension that leads elsewhere is absence", "LICENSE_ABSENT", (leaf) =>
    extension([other(leaf.path[0] ?? 0), 2, 3], twoLeaves(leaf, 3)),
  ),
];

/** The leaf under a branch with a neighbour, from this nibble of its path on. */
function twoLeaves({ path, value }: Leaf, from: number): TrieNode {
  const nibble = path[from] ?? 0;
  const behind = path.slice(from + 1);
  const pair: [number, TrieNode][] = [
    [nibble, leafNode(behind, value)],
    [other(nibble), leafNode(behind, HASH)],
  ];
  return branchOf(new Map(pair));
}

const branchCases: readonly Case[] = [
  rootItems("a branch of 16 items", "PROOF_NODE_MALFORMED", (items) => items.slice(0, 16)),
  rootItems("a branch of 18 items", "PROOF_NODE_MALFORMED", (items) => [...items, new Uint8Array()]),
  rootItems("a branch with a value", "PROOF_NODE_MALFORMED", (items) => items.with(16, SHORT_VALUE)),
  rootItems("a branch whose value is an empty list", "PROOF_NODE_MALFORMED", (items) => items.with(16, [])),
  rootItems("a branch child of 31 bytes", "PROOF_NODE_MALFORMED", (items) =>
    besides(items, new Uint8Array(31).fill(1)),
  ),
  rootItems("a branch child of 33 bytes", "PROOF_NODE_MALFORMED", (items) =>
    besides(items, new Uint8Array(33).fill(1)),
  ),
  rootItems("a node of 32 bytes inside its parent", "PROOF_NODE_MALFORMED", (items) =>
    besides(items, [Uint8Array.of(0x20), new Uint8Array(29)]),
  ),
];

/** On a nibble that nobody walks. */
function besides(items: readonly RlpItem[], item: RlpItem): RlpItem {
  const free = items.findIndex((child) => child instanceof Uint8Array && child.length === 0);
  return items.with(free, item);
}

const embeddedCases: readonly Case[] = [
  bent("an embedded leaf of another key is absence", "LICENSE_ABSENT", (leaf) =>
    deep(leaf, (path) => leafNode(otherEnd(path), SHORT_VALUE)),
  ),
  bent("an embedded leaf with a short word", "WORD_MALFORMED", (leaf) =>
    deep(leaf, (path) => leafNode(path, SHORT_VALUE)),
  ),
  bent("an embedded branch without the key is absence", "LICENSE_ABSENT", (leaf) =>
    deep(leaf, ([nibble = 0]) => branchOf(new Map([[other(nibble), leafNode([1], SHORT_VALUE)]]))),
  ),
  bent("an embedded leaf with a path too long", "PROOF_PATH", (leaf) =>
    deep(leaf, (path) => leafNode([...path, 1], SHORT_VALUE)),
  ),
  bent("an embedded node of three items", "PROOF_NODE_MALFORMED", (leaf) =>
    deep(leaf, () => raw(SHORT_VALUE, SHORT_VALUE, SHORT_VALUE)),
  ),
  bent("a node below 32 bytes by its hash", "PROOF_NODE_MALFORMED", (leaf) =>
    deep(leaf, (path) => bytes(encodeNode(leafNode(path, SHORT_VALUE)))),
  ),
];

/** One extension down to the last four nibbles, then a branch whose child on the way is the given node. */
function deep(leaf: Leaf, make: (path: Nibbles) => TrieNode): TrieNode {
  const end = leaf.path.length - 4;
  const nibble = leaf.path[end] ?? 0;
  const children: [number, TrieNode][] = [
    [nibble, make(leaf.path.slice(end + 1))],
    [other(nibble), leafNode(leaf.path.slice(end + 1), HASH)],
  ];
  return extension(leaf.path.slice(0, end), branchOf(new Map(children)));
}

const proof = (title: string, expect: Case["expect"], change: (chain: Chain) => Partial<Chain>): Case => ({
  title: `D16 ${title}`,
  expect,
  scenario: withSpoil({ chain: (chain) => ({ ...chain, ...change(chain) }) }),
});

const listCases: readonly Case[] = [
  proof(
    "the license proof without its last node: exclusion offered as inclusion",
    "PROOF_INCOMPLETE",
    ({ license }) => ({
      license: license.slice(0, -1),
    }),
  ),
  proof("the license proof without its first node", "PROOF_NODE_HASH", ({ license }) => ({
    license: license.slice(1),
  })),
  proof("the account proof without its last node", "PROOF_INCOMPLETE", ({ account }) => ({
    account: account.slice(0, -1),
  })),
  proof("a node too many in the account proof", "PROOF_UNUSED_NODE", ({ account }) => ({
    account: [...account, account.at(-1) ?? HASH],
  })),
  proof("an empty node too many", "PROOF_UNUSED_NODE", ({ license }) => ({ license: [...license, new Uint8Array()] })),
  proof("nodes in another order", "PROOF_NODE_HASH", ({ license }) => ({ license: license.toReversed() })),
  proof("D15 the release's proof for the license", "PROOF_NODE_HASH", ({ release }) => ({ license: release })),
  proof("D15 the account's proof for the license", "PROOF_NODE_HASH", ({ account }) => ({ license: account })),
  proof("an empty node", "PROOF_NODE_HASH", () => ({ license: [new Uint8Array()] })),
  proof("25 nodes", "PROOF_TOO_DEEP", ({ license }) => ({
    license: Array.from({ length: 25 }, (_, at) => license[at] ?? HASH),
  })),
  proof("24 nodes, some of them unused", "PROOF_UNUSED_NODE", ({ license }) => ({
    license: Array.from({ length: 24 }, (_, at) => license[at] ?? HASH),
  })),
  proof("D22 a node of 545 bytes", "PROOF_NODE_MALFORMED", ({ license }) => ({
    license: license.with(0, new Uint8Array(545)),
  })),
  proof("D8 one bit of the first account node", "PROOF_NODE_HASH", ({ account }) => ({
    account: account.with(0, flipped(account[0] ?? HASH, 77, 3)),
  })),
  proof("D8 one bit of the license leaf", "PROOF_NODE_HASH", ({ license }) => ({
    license: license.with(license.length - 1, flipped(license.at(-1) ?? HASH, -5, 3)),
  })),
  proof("D8 one bit of the release leaf", "PROOF_NODE_HASH", ({ release }) => ({
    release: release.with(release.length - 1, flipped(release.at(-1) ?? HASH, -5, 3)),
  })),
];

export const trieCases: readonly Case[] = [
  { title: "the base of these", expect: "OK", scenario: HONEST },
  ...leafCases,
  ...extensionCases,
  ...branchCases,
  ...embeddedCases,
  ...listCases,
];
