// SPDX-License-Identifier: Apache-2.0
// The value of a leaf in the state trie: RLP [nonce, balance, storageRoot, codeHash].
import { TouchmarkError } from "../errors.ts";
import { type RlpSpan, readRlpItems, rlpInteger } from "./rlp.ts";

export interface Account {
  readonly storageRoot: Uint8Array;
  readonly codeHash: Uint8Array;
}

/** ACCOUNT_MALFORMED unless it is exactly the four fields, nonce at most 8 bytes and balance at most 32. */
export function decodeAccount(leaf: Uint8Array): Account {
  try {
    const [nonce, balance, storageRoot, codeHash, ...others] = readRlpItems(leaf);
    if (others.length > 0) throw new RangeError("more than four fields");
    rlpInteger(field(nonce, 0, 8));
    rlpInteger(field(balance, 0, 32));
    return { storageRoot: field(storageRoot, 32, 32), codeHash: field(codeHash, 32, 32) };
  } catch (cause) {
    throw new TouchmarkError("ACCOUNT_MALFORMED", { cause });
  }
}

function field(item: RlpSpan | undefined, min: number, max: number): Uint8Array {
  if (item === undefined || item.isList || item.payload.length < min || item.payload.length > max) {
    throw new RangeError("a field of another form");
  }
  return item.payload;
}
