// SPDX-License-Identifier: Apache-2.0
// `#chain` as large as one on Polygon is: real sizes, no real contents. A full branch node is 532 bytes, an account's
// leaf about 110, a storage leaf about 70. Polygon's state trie is nine nodes deep; the board's own storage, of some
// hundred manufacturers with some thousand releases, four. Its headers are Ethereum's 600 bytes and an extraData of 1 KiB.
import { encodeChain, NO_CHALLENGE } from "../../host/src/protocol/chain.ts";

const HEADER_BYTES = 1_624;
const BRANCH_BYTES = 532;
const ACCOUNT = { depth: 9, leafBytes: 110 };
const WORD = { depth: 4, leafBytes: 70 };

/** License and root words, and a release's where asked for. @param witnesses how many signatures */
export function publicProof({ release, witnesses }: { release: boolean; witnesses: number }): Uint8Array {
  return encodeChain({
    trust: [],
    header: new Uint8Array(HEADER_BYTES),
    nonce: NO_CHALLENGE,
    witnesses: Array.from({ length: witnesses }, (_, index) => ({ index, signature: new Uint8Array(64) })),
    account: proof(ACCOUNT),
    license: proof(WORD),
    release: release ? proof(WORD) : [],
    root: proof(WORD),
  });
}

function proof({ depth, leafBytes }: { depth: number; leafBytes: number }): Uint8Array[] {
  const branches = Array.from({ length: depth - 1 }, () => new Uint8Array(BRANCH_BYTES));
  return [...branches, new Uint8Array(leafBytes)];
}
