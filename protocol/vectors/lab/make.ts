// SPDX-License-Identifier: Apache-2.0
// From a scenario to bytes: release, tries, header, witnesses, `#chain`, bundle.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { encodeAuthentication, encodeBundle } from "../../../host/src/protocol/bundle.ts";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { type Chain, encodeChain } from "../../../host/src/protocol/chain.ts";
import { coseDigest, coseProtectedHeader, encodeCoseSign1 } from "../../../host/src/protocol/cose-sign1.ts";
import { blockWitnessDigest } from "../../../host/src/protocol/eip712-witness.ts";
import { words } from "../../../host/src/protocol/generated.ts";
import { encodeEnrollment } from "../../../host/src/protocol/messages/enrollment.ts";
import { encodeRlp, integerBytes, type RlpItem } from "../../../host/src/protocol/rlp.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import { encodeReleaseWord, licenseSlot, releaseSlot, rootSlot } from "../../../host/src/protocol/storage-word.ts";
import { encodeManifest, encodeSuitDigest, manifestDigest } from "../../../host/src/protocol/suit-manifest.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { fakeKey } from "./keys.ts";
import type { Scenario, StoredWord } from "./scenario.ts";
import { buildTrie, nibbles, proofOf, rootOf, type TrieNode } from "./trie.ts";

const same = <T>(value: T): T => value;
const NEIGHBOURS = 40;
const STATE_ROOT = 3;

export function bundleOf(scenario: Scenario): Uint8Array {
  const { spoil, release } = scenario;
  const manifest = signedManifest(scenario);
  const encoded = encodeBundle({
    authentication: authenticationOf(scenario),
    manifest: (spoil.sentManifest ?? same)(manifest),
    chain: chainOf(scenario),
    payload:
      release.delta === undefined
        ? { kind: "firmware", bytes: release.image }
        : { kind: "delta", bytes: release.delta },
  });
  return (spoil.bundle ?? same)(encoded);
}

function signedManifest({ release, spoil }: Scenario): Uint8Array {
  return (spoil.manifest ?? same)(encodeManifest(release.manifest));
}

function authenticationOf(scenario: Scenario): Uint8Array {
  const { spoil, release } = scenario;
  const digest = manifestDigest(signedManifest(scenario));
  const suitDigest = (spoil.suitDigest ?? same)(encodeSuitDigest(digest));
  const protectedHeader = (spoil.protectedHeader ?? same)(coseProtectedHeader(release.certificate));
  const signature = fakeKey(release.signer).sign(coseDigest(protectedHeader, suitDigest));
  const cose = encodeCoseSign1({
    protectedHeader,
    certificate: release.certificate,
    signature: (spoil.coseSignature ?? same)(signature),
  });
  return (spoil.authentication ?? same)(encodeAuthentication(digest, (spoil.cose ?? same)(cose)));
}

export function chainOf(scenario: Scenario): Uint8Array {
  const { spoil, nonce, without } = scenario;
  const { header, proofs } = boardAt(scenario);
  const offered = (name: keyof typeof proofs): Uint8Array[] => (without.includes(name) ? [] : proofs[name]);
  const chain: Chain = {
    trust: [],
    header,
    nonce,
    witnesses: witnessesOf(scenario, header),
    account: offered("account"),
    license: offered("license"),
    release: offered("release"),
    root: offered("root"),
  };
  return (spoil.chainBytes ?? same)(encodeChain((spoil.chain ?? same)(chain)));
}

/** What enroll is sent. */
export function enrollmentOf(scenario: Scenario): Uint8Array {
  const { enrollment, unit } = scenario;
  if (enrollment === undefined) throw new RangeError("no enrollment");
  return encodeEnrollment({ root: unit.root, ...enrollment, chain: chainOf(scenario) });
}

/** The running release's signed parts, for lock. */
export function runningOf(scenario: Scenario): { authentication: Uint8Array; manifest: Uint8Array } {
  return { authentication: authenticationOf(scenario), manifest: signedManifest(scenario) };
}

/** The release that the chain speaks of: the bundle's manifest digest. */
export function releaseDigestOf(scenario: Scenario): Uint8Array {
  return manifestDigest(signedManifest(scenario));
}

function storedWords(scenario: Scenario, manufacturerId: bigint): Map<string, Uint8Array> {
  const { license, rootWord } = scenario;
  const stored: [Uint8Array, Uint8Array | null][] = [
    [licenseSlot(manufacturerId), license],
    [releaseSlot(manufacturerId, releaseDigestOf(scenario)), releaseWordOf(scenario)],
    [rootSlot(manufacturerId), rootWord],
  ];
  const present = stored.filter((entry): entry is [Uint8Array, Uint8Array] => entry[1] !== null);
  return new Map(present.map(([slot, word]) => [toHex(keccak_256(slot)), encodeRlp(word)]));
}

/** null where it was never announced. */
export function releaseWordOf({ release, block }: Scenario): StoredWord {
  const { announced, manifest } = release;
  if (announced === null) return null;
  return encodeReleaseWord({
    status: announced.status ?? words.releaseStatus.announced,
    securityVersion: announced.securityVersion ?? manifest.license.securityVersion,
    announcedBlock: announced.block ?? block.number - 100n,
    announcer: fromHex("a11ce00000000000000000000000000000000001"),
  });
}

/** Others' slots, or accounts over a storage root, so that proofs have some depth. */
export function withNeighbours(
  entries: ReadonlyMap<string, Uint8Array>,
  storageRoot?: Uint8Array,
  count = NEIGHBOURS,
): TrieNode {
  const kind = storageRoot === undefined ? "slot" : "account";
  const others = Array.from({ length: count }, (_, at): [string, Uint8Array] => [
    toHex(keccak_256(Buffer.from(`${kind} ${at}`))),
    encodeRlp(storageRoot === undefined ? sha256(Uint8Array.of(at)) : accountOf(at, storageRoot)),
  ]);
  const trie = buildTrie(new Map([...others, ...entries]));
  if (trie === undefined) throw new RangeError("an empty trie");
  return trie;
}

const accountOf = (at: number, storageRoot: Uint8Array): RlpItem => [
  integerBytes(BigInt(at)),
  integerBytes(7n),
  storageRoot,
  sha256(Uint8Array.of(at)),
];

interface BoardState {
  readonly header: Uint8Array;
  readonly proofs: Record<"account" | "license" | "release" | "root", Uint8Array[]>;
}

function boardAt(scenario: Scenario): BoardState {
  const { spoil } = scenario;
  const trust = scenario.witnessedBy ?? scenario.unit.trust;
  const { manufacturerId } = trust;
  const slots = {
    license: keyOf(licenseSlot(manufacturerId)),
    release: keyOf(releaseSlot(manufacturerId, releaseDigestOf(scenario))),
    root: keyOf(rootSlot(manufacturerId)),
  };
  const { trieOf = withNeighbours } = scenario;
  const storage = spoilTrie(trieOf(storedWords(scenario, manufacturerId)), spoil.storageTrie, slots.license);
  const accountKey = nibbles(keccak_256(trust.board));
  const state = spoilTrie(stateTrie(scenario, trust, rootOf(storage)), spoil.stateTrie, accountKey);
  return {
    header: headerOf(scenario, rootOf(state)),
    proofs: {
      account: proofOf(state, accountKey),
      license: proofOf(storage, slots.license),
      release: proofOf(storage, slots.release),
      root: proofOf(storage, slots.root),
    },
  };
}

const keyOf = (slot: Uint8Array): number[] => nibbles(keccak_256(slot));

function spoilTrie(
  trie: TrieNode | undefined,
  spoil: ((root: TrieNode, key: readonly number[]) => TrieNode) | undefined,
  key: readonly number[],
): TrieNode {
  if (trie === undefined) throw new RangeError("an empty trie");
  return spoil === undefined ? trie : spoil(trie, key);
}

function stateTrie({ spoil, trieOf = withNeighbours }: Scenario, trust: TrustBlock, storageRoot: Uint8Array): TrieNode {
  const fields: RlpItem[] = [integerBytes(1n), integerBytes(0n), storageRoot, trust.boardCodeHash];
  const board = spoil.account === undefined ? fields : spoil.account?.(fields);
  const own: [string, Uint8Array][] = board === undefined ? [] : [[toHex(keccak_256(trust.board)), encodeRlp(board)]];
  return trieOf(new Map(own), storageRoot);
}

function headerOf({ block, spoil }: Scenario, stateRoot: Uint8Array): Uint8Array {
  const fields = (block.header ?? madeUpHeader(block)).with(STATE_ROOT, stateRoot);
  const item = spoil.header === undefined ? fields : spoil.header(fields);
  return (spoil.headerBytes ?? same)(encodeRlp(item));
}

function madeUpHeader(block: Scenario["block"]): RlpItem[] {
  const filler = (at: number): Uint8Array => sha256(Buffer.from(`header ${at}`));
  const fields: RlpItem[] = Array.from({ length: block.fields }, (_, at) => filler(at));
  fields[2] = filler(2).slice(0, 20);
  fields[6] = new Uint8Array(256);
  fields[7] = integerBytes(0n);
  fields[8] = integerBytes(block.number);
  fields[9] = integerBytes(30_000_000n);
  fields[10] = integerBytes(21_000n);
  fields[11] = integerBytes(block.timestamp);
  fields[12] = new Uint8Array(block.extraBytes).fill(0xe7);
  fields[14] = new Uint8Array(8);
  fields[15] = integerBytes(7n);
  return fields;
}

function witnessesOf(scenario: Scenario, header: Uint8Array): Chain["witnesses"] {
  const { block, nonce, spoil, witnesses } = scenario;
  const trust = scenario.witnessedBy ?? scenario.unit.trust;
  const digest = blockWitnessDigest(scenario.chainId ?? trust.chainId, {
    number: block.number,
    blockHash: keccak_256(header),
    timestamp: block.timestamp,
    epoch: scenario.epoch ?? trust.epoch,
    nonce,
  });
  return witnesses.map((index) => {
    const signature = fakeKey(`witness-${index + 1}`).sign(digest);
    return { index, signature: spoil.witnessSignature?.(signature, index) ?? signature };
  });
}
