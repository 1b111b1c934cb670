// SPDX-License-Identifier: Apache-2.0
// Nodes of a chain's proofs, read back into a trie that can be spoiled; what nobody showed is `unseen`.
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { type RlpSpan, readRlpItems } from "../../../host/src/protocol/rlp.ts";
import { nibbles, type TrieNode } from "./trie.ts";

/** @param known nodes by their hash, hexadecimal */
export function decodeNode(hash: Uint8Array, known: ReadonlyMap<string, Uint8Array>): TrieNode {
  const encoded = known.get(toHex(hash));
  return encoded === undefined ? { kind: "unseen", hash } : decode(encoded, known);
}

function decode(encoded: Uint8Array, known: ReadonlyMap<string, Uint8Array>): TrieNode {
  const items = readRlpItems(encoded);
  const [first, second] = items;
  if (items.length !== 2 || first === undefined || second === undefined) {
    return { kind: "branch", children: items.slice(0, 16).map((item) => childOf(item, known)) };
  }
  const [flags = 0, ...rest] = nibbles(first.payload);
  const path = rest.slice(flags % 2 === 1 ? 0 : 1);
  if (flags >= 2) return { kind: "leaf", path, value: second.payload };
  return { kind: "extension", path, child: childOf(second, known) ?? { kind: "unseen", hash: fromHex("") } };
}

function childOf(item: RlpSpan, known: ReadonlyMap<string, Uint8Array>): TrieNode | undefined {
  if (item.isList) return decode(item.encoded, known);
  return item.payload.length === 0 ? undefined : decodeNode(item.payload, known);
}
