// SPDX-License-Identifier: Apache-2.0
// Turns other projects' vectors into lines that the C tests read (vectors.h): node test/vectors.ts FROM TO.
// Expectations come from the vectors; where we refuse more than they do, the rule stands beside the word below.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cdeDecodeOptions, decode } from "cbor2";
import { encodeRlp, getBytes, hexlify, keccak256, type RlpStructuredData, toUtf8Bytes } from "ethers";

const [from = "../../shared/vectors", to = "../build/firmware/vectors"] = process.argv.slice(2);

// -- wycheproof -------------------------------------------------------------------------------------

interface WycheproofTest {
  readonly tcId: number;
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
  readonly sig: string;
  readonly result: "valid" | "invalid";
}

interface WycheproofGroup {
  readonly publicKey: { readonly uncompressed: string };
  readonly tests: readonly WycheproofTest[];
}

function wycheproof(file: string): readonly WycheproofGroup[] {
  const path = join(from, "wycheproof", `${file}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).testGroups : [];
}

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

// We refuse high s in every form; Wycheproof does so in its "bitcoin" set only.
function verdict(signature: string, form: "der" | "raw", result: string): string {
  if (result !== "valid") return "invalid";
  const s =
    form === "raw" ? signature.slice(64) : signature.slice(8 + 2 * (Number.parseInt(signature.slice(6, 8), 16) + 2));
  return BigInt(`0x${s}`) > HALF_ORDER ? "SIGNATURE_HIGH_S" : "valid";
}

function ecdsa(): string[] {
  const sets = [
    ["ecdsa_secp256k1_sha256_test", "der"],
    ["ecdsa_secp256k1_sha256_bitcoin_test", "der"],
    ["ecdsa_secp256k1_sha256_p1363_test", "raw"],
  ] as const;
  return sets.flatMap(([file, form]) =>
    wycheproof(file).flatMap(({ publicKey, tests }) =>
      tests.map(({ tcId, msg, sig, result }) =>
        line(verdict(sig, form, result), `${file}#${tcId}`, form, publicKey.uncompressed, msg, sig),
      ),
    ),
  );
}

function hmac(): string[] {
  return wycheproof("hmac_sha256_test").flatMap(({ tests }) =>
    tests.map(({ tcId, key, msg, tag, result }) => line(result, `#${tcId}`, key, msg, tag)),
  );
}

// -- cbor-wg ----------------------------------------------------------------------------------------

interface CborTest {
  readonly description: string;
  readonly encoded: Uint8Array;
  readonly fail?: boolean;
}

// "loose" is well-formed but not deterministic; "other" is deterministic, with types that no format of ours has; "deep" is
// nested deeper than we read.
function cborVerdict({ encoded }: CborTest, fails: boolean): string {
  const head = Buffer.from(encoded).toString("hex");
  if (/^c[01]a1/.test(head)) return "other"; // what may stand behind a tag is known to the tag's own reader
  if (fails) return "bad";
  if (/^(81|a1(00)?){9}/.test(head)) return "deep";
  try {
    decode(encoded, cdeDecodeOptions);
  } catch {
    return "loose";
  }
  return onlyOurTypes(encoded) ? "good" : "other";
}

const OUR_TAGS: readonly number[] = [18, 61, 107]; // COSE_Sign1, CWT, SUIT envelope

// Majors 0 to 6 with tags of ours and no integer below -2^63, false, true and null; keys are integers or strings (those of "other" maps start with a map or array).
function onlyOurTypes(encoded: Uint8Array): boolean {
  for (let at = 0; at < encoded.length; ) {
    const [first = 0] = encoded.subarray(at);
    const argumentBytes = (first & 31) < 24 ? 0 : 1 << ((first & 31) - 24);
    if (first >> 5 === 7 && (first < 0xf4 || first > 0xf6)) return false;
    const argument = Buffer.from(encoded.subarray(at + 1, at + 1 + argumentBytes)).toString("hex");
    const length = argumentBytes === 0 ? first & 31 : Number.parseInt(argument, 16);
    if (first >> 5 === 1 && argumentBytes === 8 && argument > "7fffffffffffffff") return false;
    if (first >> 5 === 6 && !OUR_TAGS.includes(length)) return false;
    const isString = first >> 5 === 2 || first >> 5 === 3;
    at += 1 + argumentBytes + (isString ? length : 0);
  }
  return true;
}

function cbor(): string[] {
  const appendixA = ["mt0", "mt1", "mt2", "mt3", "mt4", "mt5", "mt6", "mt7-float", "mt7-simple", "streaming"];
  const files = ["rfc8949/good", "rfc8949/bad", ...appendixA.map((name) => `rfc8949-appendixA/${name}`)];
  return files.flatMap((file) => {
    const path = join(from, "cbor-wg/tests", `${file}.cbor`);
    if (!existsSync(path)) return [];
    const set = decode(readFileSync(path)) as { fail?: boolean; tests: readonly CborTest[] };
    return set.tests.map((test, index) =>
      line(
        cborVerdict(test, set.fail === true || test.fail === true),
        `${file}#${index}`,
        Buffer.from(test.encoded).toString("hex"),
      ),
    );
  });
}

// -- ethereum/tests: RLP ----------------------------------------------------------------------------

function ethereum<T>(path: string): Record<string, T> {
  const full = join(from, "ethereum", path);
  return existsSync(full) ? JSON.parse(readFileSync(full, "utf8")) : {};
}

function rlp(): string[] {
  const files = ["rlptest", "invalidRLPTest", "RandomRLPTests/example"];
  return files.flatMap((file) =>
    Object.entries(ethereum<{ in: unknown; out: string }>(`RLPTests/${file}.json`)).map(([name, { in: input, out }]) =>
      line(input === "INVALID" ? "bad" : "good", name, out.replace(/^0x/, "").toLowerCase()),
    ),
  );
}

// -- ethereum/tests: proofs from the secure tries ---------------------------------------------------
// A trie of its own, checked against the root that the vector gives, so that proofs do not come from what they test.

type Entry = readonly [path: string, value: string]; // nibbles as hex digits; 0x…
type Node = {
  readonly raw: RlpStructuredData;
  readonly below: (nibble: string) => Node | undefined;
  readonly prefix: string;
};

function hexPrefix(path: string, leaf: boolean): string {
  const flag = (leaf ? 2 : 0) + (path.length % 2);
  return `0x${flag}${path.length % 2 ? "" : "0"}${path}`;
}

function commonPrefix(entries: readonly Entry[]): string {
  const [first = ""] = entries.map(([path]) => path);
  let length = 0;
  while (length < first.length && entries.every(([path]) => path[length] === first[length])) length += 1;
  return first.slice(0, length);
}

function build(entries: readonly Entry[]): Node {
  const [only] = entries;
  if (!only) return { raw: "0x", below: () => undefined, prefix: "" };
  if (entries.length === 1)
    return { raw: [hexPrefix(only[0], true), only[1]], below: () => undefined, prefix: only[0] };
  const prefix = commonPrefix(entries);
  if (prefix.length > 0) {
    const branch = build(entries.map(([path, value]) => [path.slice(prefix.length), value]));
    return { raw: [hexPrefix(prefix, false), reference(branch)], below: () => branch, prefix };
  }
  const children = [..."0123456789abcdef"].map((nibble) => {
    const under = entries.filter(([path]) => path.startsWith(nibble));
    return under.length > 0 ? build(under.map(([path, value]) => [path.slice(1), value])) : undefined;
  });
  return {
    raw: [...children.map((child) => (child ? reference(child) : "0x")), "0x"],
    below: (nibble) => children[Number.parseInt(nibble, 16)],
    prefix: "",
  };
}

function reference(node: Node): RlpStructuredData {
  const encoded = encodeRlp(node.raw);
  return getBytes(encoded).length < 32 ? node.raw : keccak256(encoded);
}

function proof(root: Node, path: string): string[] {
  const nodes: string[] = [];
  let rest = path;
  if (root.raw === "0x") return nodes; // as nodes answer for the empty trie
  for (let node: Node | undefined = root; node; ) {
    const encoded = encodeRlp(node.raw);
    if (nodes.length === 0 || getBytes(encoded).length >= 32) nodes.push(encoded);
    if (!rest.startsWith(node.prefix)) break;
    rest = rest.slice(node.prefix.length);
    const isBranch: boolean = node.prefix === "";
    node = node.below(rest.slice(0, 1));
    if (isBranch) rest = rest.slice(1);
  }
  return nodes;
}

const bytesOf = (text: string): Uint8Array => (text.startsWith("0x") ? getBytes(text) : toUtf8Bytes(text));

function trie(): string[] {
  const files = ["trieanyorder_secureTrie", "trietest_secureTrie", "hex_encoded_securetrie_test"];
  type Trie = { in: Record<string, string> | [string, string | null][]; root: string };
  return files.flatMap((file) =>
    Object.entries(ethereum<Trie>(`TrieTests/${file}.json`)).flatMap(([name, { in: input, root }]) => {
      const contents = new Map<string, string>();
      for (const [key, value] of Array.isArray(input) ? input : Object.entries(input)) {
        const path = keccak256(bytesOf(key)).slice(2);
        if (value === null) contents.delete(path);
        else contents.set(path, hexlify(bytesOf(value)));
      }
      const entries = [...contents];
      const tree = build(entries);
      if (keccak256(encodeRlp(tree.raw)) !== root) throw new Error(`${file} ${name}: another root`);
      const absent = Array.from({ length: 16 }, (_, n) => keccak256(toUtf8Bytes(`absent ${n}`)).slice(2));
      return [...entries.map(([path]) => path), ...absent].map((path) =>
        line(
          contents.has(path) ? "present" : "absent",
          `${name}/${path.slice(0, 8)}`,
          root,
          path,
          contents.get(path) ?? "0x",
          proof(tree, path).join(","),
        ),
      );
    }),
  );
}

function line(...fields: readonly string[]): string {
  return fields.map((field) => field.replaceAll(/0x|\s/g, "") || "-").join(" ");
}

mkdirSync(to, { recursive: true });
for (const [name, lines] of Object.entries({ ecdsa: ecdsa(), hmac: hmac(), cbor: cbor(), rlp: rlp(), trie: trie() }))
  if (lines.length > 0) writeFileSync(join(to, `${name}.txt`), `${lines.join("\n")}\n`);
