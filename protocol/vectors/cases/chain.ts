// SPDX-License-Identifier: Apache-2.0
// Form, header, witnesses and freshness: protocol/chain.md, checks 1 and 3 to 5.

import type { CborInput } from "../../../host/src/protocol/cbor.ts";
import { decode, encode } from "../../../host/src/protocol/cbor.ts";
import type { Chain } from "../../../host/src/protocol/chain.ts";
import { encodeRlp, type RlpItem } from "../../../host/src/protocol/rlp.ts";
import type { Case } from "../lab/case.ts";
import { fakeKey } from "../lab/keys.ts";
import { HONEST, NUMBER, type Scenario, TRUST } from "../lab/scenario.ts";
import { negated, SIGNATURE_LARGE_R, SIGNATURE_ZERO_R } from "../lab/signatures.ts";
import { flipped, withLicenseBlock, withSpoil, withTrust, withUnit } from "./change.ts";

const one = (title: string, expect: Case["expect"], scenario: Scenario): Case => ({ title, expect, scenario });

const items = (title: string, change: (list: CborInput[]) => CborInput): Case =>
  one(title, "CHAIN_MALFORMED", withSpoil({ chainBytes: (bytes) => encode(change(decode(bytes) as CborInput[])) }));

const bytes = (title: string, change: (encoded: Uint8Array) => Uint8Array): Case =>
  one(title, "CHAIN_MALFORMED", withSpoil({ chainBytes: change }));

const FIELD = { header: 2, nonce: 3, witnesses: 4, account: 5 } as const;

const formCases: readonly Case[] = [
  items("layout 2", (list) => list.with(0, 2)),
  items("eight items", (list) => list.slice(0, -1)),
  items("ten items", (list) => [...list, []]),
  items("no header", (list) => list.with(FIELD.header, new Uint8Array())),
  items("D22 a header above its bound", (list) => list.with(FIELD.header, new Uint8Array(12_289))),
  items("a nonce of 31 bytes", (list) => list.with(FIELD.nonce, new Uint8Array(31))),
  items("D24 no witnesses", (list) => list.with(FIELD.witnesses, [])),
  items("eight witnesses", (list) =>
    list.with(
      FIELD.witnesses,
      Array.from({ length: 8 }, (_, index) => [index, new Uint8Array(64)]),
    ),
  ),
  items("B14 a witness signature of 65 bytes", (list) => list.with(FIELD.witnesses, [[0, new Uint8Array(65)]])),
  items("a negative witness index", (list) => list.with(FIELD.witnesses, [[-1, new Uint8Array(64)]])),
  items("a proof that is no array", (list) => list.with(FIELD.account, 0)),
  items("a node that is text", (list) => list.with(FIELD.account, ["node"])),
  items("D22 257 nodes", (list) =>
    list.with(
      FIELD.account,
      Array.from({ length: 257 }, () => new Uint8Array(1)),
    ),
  ),
  items("five trust statements", (list) => list.with(1, [1, 2, 3, 4, 5])),
  bytes("D16 a byte behind", (encoded) => Uint8Array.from([...encoded, 0])),
  bytes("D7 cut", (encoded) => encoded.slice(0, -1)),
  bytes("D20 an array in a longer head", (encoded) => Uint8Array.from([0x98, 9, ...encoded.slice(1)])),
  bytes("D20 an indefinite array", (encoded) => Uint8Array.from([0x9f, ...encoded.slice(1), 0xff])),
  bytes("nothing", () => new Uint8Array()),
];

const header = (title: string, change: (fields: readonly RlpItem[]) => RlpItem): Case =>
  one(title, "HEADER_MALFORMED", withSpoil({ header: change }));

const headerBytes = (title: string, change: (rlp: Uint8Array) => Uint8Array): Case =>
  one(title, "HEADER_MALFORMED", withSpoil({ headerBytes: change }));

const POSITION = { stateRoot: 3, number: 8, timestamp: 11, extraData: 12 } as const;

// Bor's at a sprint's end: 32 bytes of vanity, 100 validators of 40, a seal of 65. More than a unit holds of it at once.
const POLYGON_EXTRA_DATA = new Uint8Array(32 + 100 * 40 + 65).fill(0xb0);

const headerCases: readonly Case[] = [
  header("15 fields", (fields) => fields.slice(0, 15)),
  one("16 fields", "OK", withSpoil({ header: (fields) => fields.slice(0, 16) })),
  one("40 fields", "OK", withSpoil({ header: (fields) => [...fields, ...fields.slice(0, 19)] })),
  one(
    "Polygon's extraData, streamed",
    "OK",
    withSpoil({ header: (fields) => fields.slice(0, 16).with(POSITION.extraData, POLYGON_EXTRA_DATA) }),
  ),
  header("41 fields", (fields) => [...fields, ...fields.slice(0, 20)]),
  header("a state root of 31 bytes", (fields) => fields.with(POSITION.stateRoot, new Uint8Array(31))),
  header("a state root of 33 bytes", (fields) => fields.with(POSITION.stateRoot, new Uint8Array(33))),
  header("D22 a number of 7 bytes", (fields) => fields.with(POSITION.number, new Uint8Array(7).fill(1))),
  header("a number with a leading zero", (fields) => fields.with(POSITION.number, Uint8Array.of(0, 15, 66, 64))),
  header("D22 a timestamp of 7 bytes", (fields) => fields.with(POSITION.timestamp, new Uint8Array(7).fill(1))),
  header("a list among the fields", (fields) => fields.with(13, [])),
  header("a list where the number stands", (fields) => fields.with(POSITION.number, [Uint8Array.of(1)])),
  header("no list at all", () => new Uint8Array(600)),
  headerBytes("D16 a byte behind the header", (rlp) => Uint8Array.from([...rlp, 0])),
  headerBytes("D7 a header cut short", (rlp) => rlp.slice(0, -1)),
  headerBytes("D16 a field with a length that is not minimal", (rlp) => withLongLength(rlp)),
  headerBytes("D16 a single byte behind a prefix", (rlp) => withPrefixedByte(rlp)),
];

/** The first field, 32 bytes behind a0, behind b8 20 instead. */
function withLongLength(rlp: Uint8Array): Uint8Array {
  const fields = rlp.slice(3);
  return encodedList(Uint8Array.from([0xb8, 0x20, ...fields.slice(1)]));
}

/** The last field, one byte, behind 81. */
function withPrefixedByte(rlp: Uint8Array): Uint8Array {
  const fields = rlp.slice(3);
  return encodedList(Uint8Array.from([...fields, 0x81, 0x07]));
}

function encodedList(payload: Uint8Array): Uint8Array {
  const prefix = encodeRlp(new Uint8Array(payload.length)).slice(0, 3);
  prefix[0] = (prefix[0] ?? 0) + 0x40;
  return Uint8Array.from([...prefix, ...payload]);
}

const witnesses = (title: string, expect: Case["expect"], change: (chain: Chain) => Chain["witnesses"]): Case =>
  one(title, expect, withSpoil({ chain: (chain) => ({ ...chain, witnesses: change(chain) }) }));

const NONCE = new Uint8Array(32).fill(0xc4);
const challenged = (scenario: Scenario): Scenario => ({ ...scenario, nonce: NONCE });

const witnessCases: readonly Case[] = [
  one("D24 one witness of two", "WITNESS_QUORUM", { ...HONEST, witnesses: [1] }),
  witnesses("D24 one witness twice", "WITNESS_INDEX", ({ witnesses: [first] }) => (first ? [first, first] : [])),
  witnesses("witnesses out of order", "WITNESS_INDEX", ({ witnesses: list }) => list.toReversed()),
  one("a witness that nobody knows", "WITNESS_INDEX", { ...HONEST, witnesses: [0, 3] }),
  witnesses("D22 a witness of index 2^64 - 1", "WITNESS_INDEX", ({ witnesses: list }) => [
    ...list,
    { index: (2n ** 64n - 1n) as unknown as number, signature: new Uint8Array(64) },
  ]),
  one(
    "D8 one bit of a signature",
    "WITNESS_SIGNATURE",
    withSpoil({
      witnessSignature: (signature, index) => (index === 2 ? flipped(signature, 33) : signature),
    }),
  ),
  one("a good quorum and one bad signature", "WITNESS_SIGNATURE", {
    ...withSpoil({ witnessSignature: (signature, index) => (index === 2 ? flipped(signature, 0) : signature) }),
    witnesses: [0, 1, 2],
  }),
  one("D18 a signature with high s", "SIGNATURE_HIGH_S", withSpoil({ witnessSignature: negated })),
  one("B14 r is zero", "WITNESS_SIGNATURE", withSpoil({ witnessSignature: () => SIGNATURE_ZERO_R })),
  one("B14 r is the group order", "WITNESS_SIGNATURE", withSpoil({ witnessSignature: () => SIGNATURE_LARGE_R })),
  one("D15 witnesses of another chain", "WITNESS_SIGNATURE", { ...HONEST, chainId: 137n }),
  one("D31 witnesses of another epoch", "WITNESS_SIGNATURE", { ...HONEST, epoch: 2 }),
  one(
    "D17 a header that no witness signed",
    "WITNESS_SIGNATURE",
    withSpoil({
      chain: (chain) => ({ ...chain, header: flipped(chain.header, 40) }),
    }),
  ),
  one(
    "D17 witnesses who are not the unit's",
    "WITNESS_SIGNATURE",
    withTrust({
      witnesses: ["witness-4", "witness-5", "witness-6"].map((name) => fakeKey(name).publicKey),
    }),
  ),
  one("a proof over a challenge, and none outstanding", "CHALLENGE_EXPIRED", challenged(HONEST)),
  one(
    "D2 a proof over another challenge",
    "CHALLENGE_EXPIRED",
    challenged(withUnit({ challenge: new Uint8Array(32).fill(1) })),
  ),
  one("D2 a proof over the unit's challenge", "OK", challenged(withUnit({ challenge: NONCE }))),
  one("D2 a proof without challenge while one is outstanding", "CHALLENGE_REQUIRED", withUnit({ challenge: NONCE })),
  one(
    "D8 another nonce than the signed one",
    "WITNESS_SIGNATURE",
    withSpoil({ chain: (chain) => ({ ...chain, nonce: NONCE }) }),
  ),
];

const freshnessCases: readonly Case[] = [
  one("D14 a block below the floor", "BLOCK_BELOW_FLOOR", withTrust({ floorNumber: NUMBER + 1n })),
  one("the floor's own block again", "OK", withTrust({ floorNumber: NUMBER })),
  one("D3 a block far above the floor", "OK", withTrust({ floorNumber: 0n })),
  one("D14 a block below the release's minimum", "BLOCK_BELOW_MINIMUM", withLicenseBlock({ minBlock: NUMBER + 1n })),
  one("the release's minimum itself", "OK", withLicenseBlock({ minBlock: NUMBER })),
  one("D22 a minimum of 2^64 - 1", "BLOCK_BELOW_MINIMUM", withLicenseBlock({ minBlock: 2n ** 64n - 1n })),
  one(
    "below floor and minimum",
    "BLOCK_BELOW_FLOOR",
    withTrust({ floorNumber: NUMBER + 1n }, withLicenseBlock({ minBlock: NUMBER + 1n })),
  ),
  one("a federation of one", "OK", {
    ...withTrust({ witnesses: [fakeKey("witness-1").publicKey], witnessThreshold: 1 }),
    witnesses: [0],
    witnessedBy: TRUST,
  }),
];

export const chainCases: readonly Case[] = [...formCases, ...headerCases, ...witnessCases, ...freshnessCases];
