// SPDX-License-Identifier: Apache-2.0
// What a vector can vary: a unit, a release, a block and what the board holds there. `spoil` hooks stand at every place
// where bytes are about to be hashed, signed or sent, so that an attacker of each kind can be played.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { fromHex } from "../../../host/src/protocol/bytes.ts";
import type { Chain } from "../../../host/src/protocol/chain.ts";
import { NO_CHALLENGE } from "../../../host/src/protocol/chain.ts";
import { words } from "../../../host/src/protocol/generated.ts";
import type { RlpItem } from "../../../host/src/protocol/rlp.ts";
import { addressOf, sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { encodeLicenseWord, encodeRootWord, type LicenseWord } from "../../../host/src/protocol/storage-word.ts";
import type { Manifest } from "../../../host/src/protocol/suit-manifest.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { otaCertificate, rootCertificate } from "./certificates.ts";
import { fakeKey } from "./keys.ts";
import type { TrieNode } from "./trie.ts";

export interface Unit {
  readonly trust: TrustBlock;
  readonly rollback: number;
  readonly sequence: number;
  /** Manifest digest and security version of the running release. */
  readonly digest: Uint8Array;
  readonly securityVersion: number;
  /** DER of the root that it is pinned to. */
  readonly root: Uint8Array;
  readonly challenge?: Uint8Array;
  /** That it runs, for deltas. */
  readonly image?: Uint8Array;
}

export interface Release {
  readonly manifest: Manifest;
  readonly image: Uint8Array;
  /** What the bundle carries in its place. */
  readonly delta?: Uint8Array;
  /** Name of the fake key that signs, and its certificate. */
  readonly signer: string;
  readonly certificate: Uint8Array;
  /** What the board is told; the release's own where left out. */
  readonly announced: { readonly securityVersion?: number; readonly block?: bigint; readonly status?: number } | null;
}

/** A storage word as the trie holds it; null: no leaf. */
export type StoredWord = Uint8Array | null;

export interface Block {
  readonly number: bigint;
  readonly timestamp: bigint;
  /** Fields of the header, and bytes of extraData. */
  readonly fields: number;
  readonly extraBytes: number;
  /** A chain's own, but for the state root; made up where left out. */
  readonly header?: readonly RlpItem[];
}

export interface Spoil {
  readonly manifest?: (encoded: Uint8Array) => Uint8Array;
  readonly suitDigest?: (encoded: Uint8Array) => Uint8Array;
  readonly protectedHeader?: (encoded: Uint8Array) => Uint8Array;
  readonly cose?: (encoded: Uint8Array) => Uint8Array;
  readonly coseSignature?: (signature: Uint8Array) => Uint8Array;
  readonly authentication?: (encoded: Uint8Array) => Uint8Array;
  /** After signing: what the envelope carries. */
  readonly sentManifest?: (encoded: Uint8Array) => Uint8Array;
  readonly storageTrie?: (root: TrieNode, key: readonly number[]) => TrieNode;
  /** null: the block holds no account of the board. */
  readonly account?: ((fields: readonly RlpItem[]) => RlpItem) | null;
  readonly stateTrie?: (root: TrieNode, key: readonly number[]) => TrieNode;
  readonly header?: (fields: readonly RlpItem[]) => RlpItem;
  readonly headerBytes?: (rlp: Uint8Array) => Uint8Array;
  readonly witnessSignature?: (signature: Uint8Array, index: number) => Uint8Array;
  readonly chain?: (chain: Chain) => Chain;
  readonly chainBytes?: (encoded: Uint8Array) => Uint8Array;
  readonly bundle?: (encoded: Uint8Array) => Uint8Array;
}

export interface Scenario {
  readonly unit: Unit;
  readonly release: Release;
  readonly block: Block;
  readonly license: StoredWord;
  readonly rootWord: StoredWord;
  /** Trust that header and witnesses are made under; the unit's where left out. */
  readonly witnessedBy?: TrustBlock;
  /** Indexes of those who sign. */
  readonly witnesses: readonly number[];
  readonly epoch?: number;
  readonly chainId?: bigint;
  readonly nonce: Uint8Array;
  /** Proofs left out of the chain. */
  readonly without: readonly ("account" | "license" | "release" | "root")[];
  /** For enroll: the unit's path below its root, DER. */
  readonly enrollment?: { readonly line: Uint8Array; readonly device: Uint8Array };
  /** Storage, and over its root the state, as a trie; a small one with neighbours where left out. */
  readonly trieOf?: (entries: ReadonlyMap<string, Uint8Array>, storageRoot?: Uint8Array) => TrieNode;
  readonly spoil: Spoil;
}

export const CHAIN_ID = 31337n;
export const MANUFACTURER = 7n;
export const BOARD = fromHex("b0a2d000000000000000000000000000000000b0");
export const CODE_HASH = keccak_256(Buffer.from("FAKE board code", "utf8"));
export const VENDOR = sha256(Buffer.from("FAKE vendor", "utf8")).slice(0, 16);
export const CLASS = sha256(Buffer.from("FAKE class", "utf8")).slice(0, 16);
export const NUMBER = 1_000_000n;
export const TIMESTAMP = 1_800_000_000n;
const YEAR = 365 * 86_400;

export const VALIDITY = { notBefore: Number(TIMESTAMP) - YEAR, notAfter: Number(TIMESTAMP) + YEAR };
export const ROOT = await rootCertificate({
  chainId: CHAIN_ID,
  manufacturerId: MANUFACTURER,
  key: "root",
  ...VALIDITY,
});
export const OTA = await otaCertificate({
  chainId: CHAIN_ID,
  manufacturerId: MANUFACTURER,
  key: "ota",
  issuer: "root",
  ...VALIDITY,
});

export const TRUST: TrustBlock = {
  chainId: CHAIN_ID,
  manufacturerId: MANUFACTURER,
  board: BOARD,
  boardCodeHash: CODE_HASH,
  vendorId: VENDOR,
  classId: CLASS,
  rootHash: sha256(ROOT),
  epoch: 1,
  floorNumber: NUMBER - 1_000n,
  floorTimestamp: TIMESTAMP - 12_000n,
  witnessThreshold: 2,
  witnesses: ["witness-1", "witness-2", "witness-3"].map((name) => fakeKey(name).publicKey),
  recoveryThreshold: 2,
  recoveryKeys: ["recovery-1", "recovery-2", "recovery-3"].map((name) => fakeKey(name).publicKey),
};

const IMAGE = Uint8Array.from({ length: 96 }, (_, at) => (at * 7) & 0xff);

const MANIFEST: Manifest = {
  sequence: 12,
  vendorId: VENDOR,
  classId: CLASS,
  imageDigest: sha256(IMAGE),
  imageSize: IMAGE.length,
  license: {
    chainId: CHAIN_ID,
    board: BOARD,
    boardCodeHash: CODE_HASH,
    manufacturerId: MANUFACTURER,
    securityVersion: 3,
    minBlock: NUMBER - 500n,
    version: "1.4.2",
  },
};

export function licenseWord(change: Partial<LicenseWord> = {}): Uint8Array {
  return encodeLicenseWord({
    status: words.licenseStatus.active,
    minSecurityVersion: 2,
    expiry: TIMESTAMP + BigInt(YEAR),
    otaSigner: fromHex(addressOf(fakeKey("ota").publicKey)),
    ...change,
  });
}

export const rootWord = (root: Uint8Array): Uint8Array => encodeRootWord(sha256(root).slice(0, 31));

export const HONEST: Scenario = {
  unit: {
    trust: TRUST,
    rollback: 3,
    sequence: 11,
    digest: sha256(Buffer.from("FAKE running release", "utf8")),
    securityVersion: 3,
    root: ROOT,
  },
  release: { manifest: MANIFEST, image: IMAGE, signer: "ota", certificate: OTA, announced: {} },
  block: { number: NUMBER, timestamp: TIMESTAMP, fields: 21, extraBytes: 0 },
  license: licenseWord(),
  rootWord: rootWord(ROOT),
  witnesses: [0, 2],
  nonce: NO_CHALLENGE,
  without: ["root"],
  spoil: {},
};
