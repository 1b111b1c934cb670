// SPDX-License-Identifier: Apache-2.0
// ethereum/tests: RLP, and the roots and proofs of secure tries.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import {
  encodeRlp,
  integerBytes,
  type RlpItem,
  type RlpSpan,
  readRlp,
  readRlpItems,
} from "../../host/src/protocol/rlp.ts";
import { verifyTrieProof } from "../../host/src/protocol/trie-proof.ts";
import { buildTrie, nibbles, proofOf, rootOf } from "../../protocol/vectors/lab/trie.ts";
import { verdict } from "../support/refusal.ts";

const FOLDER = join(process.env["TOUCHMARK_VECTORS"] ?? "../shared/vectors", "ethereum");
const isThere = existsSync(FOLDER);
const read = <T>(path: string): Record<string, T> =>
  isThere ? (JSON.parse(readFileSync(join(FOLDER, path), "utf8")) as Record<string, T>) : {};

type Json = string | number | readonly Json[];

function itemOf(json: Json): RlpItem {
  if (Array.isArray(json)) return (json as readonly Json[]).map(itemOf);
  if (typeof json === "number") return integerBytes(BigInt(json));
  const text = String(json);
  return text.startsWith("#") ? integerBytes(BigInt(text.slice(1))) : Uint8Array.from(Buffer.from(text, "utf8"));
}

/** Every item, down to the strings. */
function deep(bytes: Uint8Array): void {
  const span = readRlp(bytes);
  if (span.encoded.length !== bytes.length) throw new RangeError("bytes left over");
  if (span.isList) readRlpItems(bytes).forEach(({ encoded }: RlpSpan) => deep(encoded));
}

(isThere ? describe : describe.skip)("ethereum/tests on the host", () => {
  for (const [name, { in: json, out }] of Object.entries(read<{ in: Json; out: string }>("RLPTests/rlptest.json"))) {
    it(`RLP ${name}`, () => {
      expect(toHex(encodeRlp(itemOf(json)))).to.equal(out.replace("0x", ""));
      deep(fromHex(out));
    });
  }

  for (const [name, { out }] of Object.entries(read<{ out: string }>("RLPTests/invalidRLPTest.json"))) {
    it(`D16 RLP ${name} is refused`, () => {
      const judged = verdictOf(() => deep(fromHex(out)));
      expect(judged).to.equal("RLP_MALFORMED");
    });
  }

  const files = isThere ? readdirSync(join(FOLDER, "TrieTests")).filter((name) => /secure/i.test(name)) : [];
  for (const file of files) {
    for (const [name, { in: input, root }] of Object.entries(read<TrieTest>(`TrieTests/${file}`))) {
      it(`${file} ${name}: root, and a proof of every key`, () => {
        const entries = entriesOf(input);
        const trie = buildTrie(entries);
        expect(toHex(rootOf(trie))).to.equal(root.replace("0x", ""));
        for (const [key, value] of entries) {
          const proof = proofOf(trie, nibbles(fromHex(key)));
          expect(verifyTrieProof(rootOf(trie), fromHex(key), proof)).to.deep.equal(value);
        }
        const absent = keccak_256(Buffer.from("nobody's key"));
        expect(verifyTrieProof(rootOf(trie), absent, trie ? proofOf(trie, nibbles(absent)) : [])).to.equal(null);
      });
    }
  }
});

interface TrieTest {
  readonly in: Readonly<Record<string, string>> | readonly (readonly [string, string | null])[];
  readonly root: string;
}

const bytesOf = (text: string): Uint8Array =>
  text.startsWith("0x") ? fromHex(text) : Uint8Array.from(Buffer.from(text, "utf8"));

/** By hashed key; a later null takes a key away. */
function entriesOf(input: TrieTest["in"]): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  for (const [key, value] of Array.isArray(input) ? input : Object.entries(input)) {
    const hashed = toHex(keccak_256(bytesOf(key)));
    if (value === null) entries.delete(hashed);
    else entries.set(hashed, bytesOf(value));
  }
  return entries;
}

/** Bytes left over are the caller's to refuse; the reader names all else. */
function verdictOf(call: () => void): string {
  try {
    return verdict(call);
  } catch (error) {
    if (error instanceof RangeError) return "RLP_MALFORMED";
    throw error;
  }
}
