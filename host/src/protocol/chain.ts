// SPDX-License-Identifier: Apache-2.0
// `#chain`: a witnessed block header and what it proves. protocol/chain.md.
import { type CborInput, encode } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { limits, chain as numbers } from "./generated.ts";
import type { TrieProof } from "./trie-proof.ts";
import { readTrustStatement, type TrustStatement, trustStatementItem } from "./trust-statement.ts";

export interface WitnessSignature {
  /** Into the trust block's witnesses, strictly ascending. */
  readonly index: number;
  readonly signature: Uint8Array;
}

/** An empty proof is one not offered. */
export interface Chain {
  readonly trust: readonly TrustStatement[];
  /** RLP, as hashed. */
  readonly header: Uint8Array;
  /** 32 zero bytes, or the unit's challenge. */
  readonly nonce: Uint8Array;
  readonly witnesses: readonly WitnessSignature[];
  readonly account: TrieProof;
  readonly license: TrieProof;
  readonly release: TrieProof;
  readonly root: TrieProof;
}

export const NO_CHALLENGE: Uint8Array = new Uint8Array(32);

export function encodeChain(chain: Chain): Uint8Array {
  const item: CborInput = [
    numbers.layout,
    chain.trust.map(trustStatementItem),
    chain.header,
    chain.nonce,
    chain.witnesses.map(({ index, signature }) => [index, signature]),
    chain.account,
    chain.license,
    chain.release,
    chain.root,
  ];
  return encode(item);
}

/** @throws CHAIN_MALFORMED */
export function decodeChain(bytes: Uint8Array): Chain {
  const item = CborFields.open(bytes, "CHAIN_MALFORMED").array(9, 9);
  item.expect(numbers.layout);
  return {
    trust: item.array(0, limits.trustStatements).each(readTrustStatement),
    header: item.bytes(1, limits.headerBytes),
    nonce: item.bytes(32),
    witnesses: item.array(1, limits.witnessesMax).each(readWitness),
    account: readProof(item),
    license: readProof(item),
    release: readProof(item),
    root: readProof(item),
  };
}

function readWitness(fields: CborFields): WitnessSignature {
  const item = fields.array(2, 2);
  return { index: Number(item.uint()), signature: item.bytes(64) };
}

function readProof(fields: CborFields): TrieProof {
  // How many nodes and how long they may be is the trie's to judge.
  return fields.array().each((item) => item.bytes(0, limits.bundleStagingBytes));
}
