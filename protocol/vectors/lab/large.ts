// SPDX-License-Identifier: Apache-2.0
// A real chain's tries with 100,000 accounts, and as many slots below the board, as far as proofs show them
// (large/chain.json, by `npm run proof-corpus -- --write`), and the cases of the other vectors moved onto that chain: every
// proof in them is as deep as a grown chain's.

import { readFileSync } from "node:fs";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { equalBytes, fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { type RlpItem, readRlpItems } from "../../../host/src/protocol/rlp.ts";
import { licenseSlot, releaseSlot, rootSlot } from "../../../host/src/protocol/storage-word.ts";
import { withManifest } from "../cases/change.ts";
import type { Case } from "./case.ts";
import { releaseDigestOf } from "./make.ts";
import { decodeNode } from "./node.ts";
import { BOARD, HONEST, MANUFACTURER, type Scenario } from "./scenario.ts";
import { nibbles, proofOf, rootOf, type TrieNode, withValue } from "./trie.ts";

export interface LargeChain {
  readonly seed: number;
  readonly accounts: number;
  readonly slots: number;
  /** Of the block, RLP. */
  readonly header: string;
  /** Nodes of eth_getProof, each once. */
  readonly state: readonly string[];
  readonly storage: readonly string[];
}

/** A release that the chain has not heard of. */
export const UNHEARD: Scenario = withManifest({ sequence: 13 });
/** An account that it has not. */
export const NOBODY: Uint8Array = fromHex("0b".repeat(20));

export const largeSlots = {
  license: licenseSlot(MANUFACTURER),
  release: releaseSlot(MANUFACTURER, releaseDigestOf(HONEST)),
  root: rootSlot(MANUFACTURER),
  unheard: releaseSlot(MANUFACTURER, releaseDigestOf(UNHEARD)),
} as const;

export const largePath: URL = new URL("../large/chain.json", import.meta.url);

export const largeChain = (): LargeChain => JSON.parse(readFileSync(largePath, "utf8")) as LargeChain;

const STATE_ROOT = 3;

/** The base of these: the honest release, under the chain's own header. */
export function largeScenario(chain: LargeChain): Scenario {
  const header = readRlpItems(fromHex(chain.header)).map(({ payload }): RlpItem => payload);
  const state = trieOf(chain.state, header[STATE_ROOT] as Uint8Array);
  const [, , storageRoot] = boardOf(state);
  const storage = trieOf(chain.storage, storageRoot);
  const own = [largeSlots.license, largeSlots.release, largeSlots.root].map(keyOf);
  return {
    ...HONEST,
    block: { ...HONEST.block, header },
    trieOf: (entries, root) =>
      root === undefined ? holding(storage, entries, own) : holding(state, entries, [keyOf(BOARD)]),
  };
}

/** The same case on that chain; where it asks for a block of its own, that stands over the chain's tries. */
export function moved({ title, expect, scenario }: Case, large: Scenario): Case {
  const block = scenario.block === HONEST.block ? large.block : scenario.block;
  const { trieOf: tries } = large;
  return { title, expect, scenario: { ...scenario, block, ...(tries && { trieOf: tries }) } };
}

/** Nodes from the root down. */
export function largeDepths(scenario: Scenario, chain: LargeChain): Readonly<Record<string, number>> {
  const state = trieOf(chain.state, scenario.block.header?.[STATE_ROOT] as Uint8Array);
  const storage = trieOf(chain.storage, boardOf(state)[2]);
  const deep = (trie: TrieNode, key: Uint8Array): number => proofOf(trie, nibbles(fromHex(keyOf(key)))).length;
  const slots = Object.entries(largeSlots).map(([name, slot]) => [name, deep(storage, slot)] as const);
  return { account: deep(state, BOARD), nobody: deep(state, NOBODY), ...Object.fromEntries(slots) };
}

const keyOf = (preimage: Uint8Array): string => toHex(keccak_256(preimage));

function trieOf(nodes: readonly string[], root: Uint8Array): TrieNode {
  const known = new Map(nodes.map((node) => [keyOf(fromHex(node)), fromHex(node)]));
  const trie = decodeNode(root, known);
  if (!equalBytes(rootOf(trie), root)) throw new RangeError("the chain's nodes do not make its root");
  return trie;
}

function boardOf(state: TrieNode): [Uint8Array, Uint8Array, Uint8Array] {
  const leaf = leafAt(state, nibbles(keccak_256(BOARD)));
  const [nonce, balance, storageRoot] = readRlpItems(leaf).map(({ payload }) => payload);
  if (nonce === undefined || balance === undefined || storageRoot === undefined) throw new RangeError("no account");
  return [nonce, balance, storageRoot];
}

function leafAt(node: TrieNode, key: readonly number[]): Uint8Array {
  if (node.kind === "leaf") return node.value;
  if (node.kind === "extension") return leafAt(node.child, key.slice(node.path.length));
  const child = node.kind === "branch" ? node.children[key[0] ?? 0] : undefined;
  if (child === undefined) throw new RangeError("no leaf there");
  return leafAt(child, key.slice(1));
}

/** The chain's trie with these entries; of its own keys, without those that are not among them. */
function holding(trie: TrieNode, entries: ReadonlyMap<string, Uint8Array>, own: readonly string[]): TrieNode {
  const wanted = new Map<string, Uint8Array | undefined>([...own.map((key) => [key, undefined] as const), ...entries]);
  let held: TrieNode | undefined = trie;
  for (const [key, value] of wanted) held = withValue(held, nibbles(fromHex(key)), value);
  if (held === undefined) throw new RangeError("an empty trie");
  return held;
}
