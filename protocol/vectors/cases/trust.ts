// SPDX-License-Identifier: Apache-2.0
// Trust statements: protocol/chain.md, check 2, by `rotate` unless a case says otherwise.
import { crc32 } from "node:zlib";
import { layouts, limits } from "../../../host/src/protocol/generated.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import type { TrustStatement } from "../../../host/src/protocol/trust-statement.ts";
import type { Case } from "../lab/case.ts";
import { rootCertificate } from "../lab/certificates.ts";
import { fakeKey } from "../lab/keys.ts";
import {
  CHAIN_ID,
  HONEST,
  MANUFACTURER,
  NUMBER,
  rootWord,
  type Scenario,
  TIMESTAMP,
  TRUST,
  VALIDITY,
} from "../lab/scenario.ts";
import { negated } from "../lab/signatures.ts";
import { type Cosigner, newRoot, recovery, root, type StatementPlan, statementOf, witness } from "../lab/statement.ts";
import { flipped } from "./change.ts";

/** The federation after a lost member: witness 4 in the place of 2. */
const NEXT: TrustBlock = {
  ...TRUST,
  epoch: 2,
  witnesses: TRUST.witnesses.with(1, fakeKey("witness-4").publicKey),
};
const AFTER_NEXT: TrustBlock = { ...NEXT, epoch: 3, boardCodeHash: new Uint8Array(32).fill(0xcc) };
const QUORUM_AND_ROOT: readonly Cosigner[] = [witness(0), witness(2), root()];
const QUORUM_AND_RECOVERY: readonly Cosigner[] = [witness(0), witness(1), recovery(1), recovery(2)];
const ROOT_AND_RECOVERY: readonly Cosigner[] = [root(), recovery(0), recovery(1)];

export const ROTATE: Scenario = { ...HONEST, without: ["account", "license", "release", "root"] };

/** Statements sent to the unit, header and witnesses under the trust that they lead to. */
const sent = (
  title: string,
  expect: Case["expect"],
  plans: readonly StatementPlan[],
  change?: Partial<Scenario>,
): Case => spoiled(title, expect, plans, (statements) => statements, change);

function spoiled(
  title: string,
  expect: Case["expect"],
  plans: readonly StatementPlan[],
  spoil: (statements: TrustStatement[]) => TrustStatement[],
  change: Partial<Scenario> = {},
): Case {
  const statements = spoil(plans.map(statementOf));
  const witnessedBy = plans.at(-1)?.next ?? TRUST;
  const scenario: Scenario = {
    ...ROTATE,
    witnessedBy,
    ...change,
    spoil: { chain: (chain) => ({ ...chain, trust: statements }) },
  };
  return { title, expect, scenario };
}

const plan = (change: Partial<StatementPlan> = {}): StatementPlan => ({
  old: TRUST,
  next: NEXT,
  signers: QUORUM_AND_ROOT,
  ...change,
});

const first =
  (change: (statement: TrustStatement) => TrustStatement) =>
  ([head, ...tail]: TrustStatement[]) =>
    head === undefined ? [] : [change(head), ...tail];

const acceptedCases: readonly Case[] = [
  { title: "no statement at all", expect: "OK", scenario: ROTATE },
  sent("D31 a quorum and the root", "OK", [plan()]),
  sent("all witnesses and the root", "OK", [plan({ signers: [witness(0), witness(1), witness(2), root()] })]),
  sent("a lost quorum: the root and recovery keys", "OK", [plan({ signers: [root(), recovery(0), recovery(2)] })]),
  sent("a lost root, nothing replaced yet: a quorum and recovery keys", "OK", [
    plan({ next: { ...TRUST, epoch: 2 }, signers: QUORUM_AND_RECOVERY }),
  ]),
  sent("other witnesses: a quorum, the root and recovery keys", "OK", [
    plan({ signers: [...QUORUM_AND_ROOT, recovery(0), recovery(1)] }),
  ]),
  sent("two statements", "OK", [plan(), { old: NEXT, next: AFTER_NEXT, signers: QUORUM_AND_ROOT }]),
  sent("a statement that was applied before", "OK", [plan()], { unit: { ...HONEST.unit, trust: NEXT } }),
  sent(
    "the second of two, the first applied before",
    "OK",
    [plan(), { old: NEXT, next: AFTER_NEXT, signers: QUORUM_AND_ROOT }],
    {
      unit: { ...HONEST.unit, trust: NEXT },
    },
  ),
  sent("a new board", "OK", [plan({ next: { ...NEXT, board: new Uint8Array(20).fill(0xbb) } })]),
  sent("a poisoned block number is left behind", "OK", [
    plan({ floor: { number: NUMBER - 10n, timestamp: TIMESTAMP - 120n } }),
  ]),
  sent("a floor below the unit's own changes nothing", "OK", [plan({ floor: { number: 1n, timestamp: 1n } })]),
];

const OTHER_ROOT = await rootCertificate({
  chainId: CHAIN_ID,
  manufacturerId: MANUFACTURER,
  key: "other-root",
  ...VALIDITY,
});

const refusedCases: readonly Case[] = [
  sent("a header that too few of the new witnesses signed", "WITNESS_QUORUM", [
    plan({ next: { ...NEXT, witnessThreshold: 3 } }),
  ]),
  sent("D31 a header that the old epoch's witnesses signed", "WITNESS_SIGNATURE", [plan()], { witnessedBy: TRUST }),
  sent("a statement that starts from another trust", "TRUST_OLD_HASH", [plan({ old: { ...TRUST, epoch: 0 } })]),
  sent("the second of two without the first", "TRUST_OLD_HASH", [
    { old: NEXT, next: AFTER_NEXT, signers: QUORUM_AND_ROOT },
  ]),
  sent("D31 the same epoch", "TRUST_EPOCH", [plan({ next: { ...NEXT, epoch: 1 } })]),
  sent("D31 a lower epoch", "TRUST_EPOCH", [plan({ next: { ...NEXT, epoch: 0 } })]),
  sent("D15 another chain", "TRUST_CONSTANT", [plan({ next: { ...NEXT, chainId: 137n } })]),
  sent("another manufacturer", "TRUST_CONSTANT", [plan({ next: { ...NEXT, manufacturerId: 8n } })]),
  sent("another vendor", "TRUST_CONSTANT", [plan({ next: { ...NEXT, vendorId: new Uint8Array(16) } })]),
  sent("D5 another class", "TRUST_CONSTANT", [plan({ next: { ...NEXT, classId: new Uint8Array(16) } })]),
  sent("other recovery keys", "TRUST_CONSTANT", [
    plan({ next: { ...NEXT, recoveryKeys: TRUST.recoveryKeys.toReversed() } }),
  ]),
  sent("fewer recovery keys", "TRUST_CONSTANT", [
    plan({ next: { ...NEXT, recoveryKeys: TRUST.recoveryKeys.slice(0, 2) } }),
  ]),
  sent("another recovery threshold", "TRUST_CONSTANT", [plan({ next: { ...NEXT, recoveryThreshold: 1 } })]),
  sent("a floor below the former statement's", "TRUST_FLOOR", [
    plan({ floor: { number: NUMBER, timestamp: TIMESTAMP } }),
    {
      old: NEXT,
      next: { ...NEXT, epoch: 3 },
      signers: QUORUM_AND_ROOT,
      floor: { number: NUMBER - 1n, timestamp: TIMESTAMP },
    },
  ]),
  sent("a floor above the proved block", "BLOCK_BELOW_FLOOR", [
    plan({ floor: { number: NUMBER + 1n, timestamp: TIMESTAMP } }),
  ]),
  sent("the quorum alone", "TRUST_SIGNATURES", [plan({ signers: [witness(0), witness(1), witness(2)] })]),
  sent("the root alone", "TRUST_SIGNATURES", [plan({ signers: [root()] })]),
  sent("recovery keys alone", "TRUST_SIGNATURES", [plan({ signers: [recovery(0), recovery(1), recovery(2)] })]),
  sent("one witness and the root", "TRUST_SIGNATURES", [plan({ signers: [witness(0), root()] })]),
  sent("the root and one recovery key", "TRUST_SIGNATURES", [plan({ signers: [root(), recovery(0)] })]),
  sent("one witness, the root and one recovery key", "TRUST_SIGNATURES", [
    plan({ signers: [witness(0), root(), recovery(0)] }),
  ]),
  sent("a lost root: other witnesses in its place", "TRUST_SIGNATURES", [plan({ signers: QUORUM_AND_RECOVERY })]),
  sent("a lost root: another threshold in its place", "TRUST_SIGNATURES", [
    plan({ next: { ...TRUST, epoch: 2, witnessThreshold: 3 }, signers: QUORUM_AND_RECOVERY }),
  ]),
  sent("a lost root: a witness less in its place", "TRUST_SIGNATURES", [
    plan({ next: { ...TRUST, epoch: 2, witnesses: TRUST.witnesses.slice(0, 2) }, signers: QUORUM_AND_RECOVERY }),
  ]),
  sent("another statement than the signed one", "TRUST_SIGNATURES", [plan({ signedAs: AFTER_NEXT })]),
  sent("another root's signature", "TRUST_SIGNATURES", [
    plan({ signers: [witness(0), witness(2), root("other-root")] }),
  ]),
  sent("a unit whose root certificate is not the one that its trust names", "ROOT_MISMATCH", [plan()], {
    unit: { ...HONEST.unit, root: OTHER_ROOT },
  }),
  sent("a witness who signs as another", "TRUST_SIGNATURES", [
    plan({ signers: [witness(0), { ...witness(1), index: 2 }, root()] }),
  ]),
  sent("D24 a witness twice", "TRUST_STATEMENT_MALFORMED", [plan({ signers: [witness(0), witness(0), root()] })]),
  sent("signatures out of order", "TRUST_STATEMENT_MALFORMED", [plan({ signers: [root(), witness(0), witness(2)] })]),
  sent("a witness that nobody knows", "TRUST_STATEMENT_MALFORMED", [
    plan({ signers: [witness(0), witness(3), root()] }),
  ]),
  sent("a second root", "TRUST_STATEMENT_MALFORMED", [
    plan({ signers: [witness(0), witness(2), root(), { ...root(), index: 1 }] }),
  ]),
  sent("a recovery key that nobody knows", "TRUST_STATEMENT_MALFORMED", [
    plan({ signers: [root(), recovery(0), recovery(3)] }),
  ]),
  sent("a new root's signature without a new root", "TRUST_STATEMENT_MALFORMED", [
    plan({ signers: [...QUORUM_AND_ROOT, newRoot()] }),
  ]),
  sent("a new root's certificate without a new root", "TRUST_STATEMENT_MALFORMED", [
    plan({ newRoot: HONEST.unit.root }),
  ]),
  spoiled(
    "a role that nobody has",
    "TRUST_STATEMENT_MALFORMED",
    [plan()],
    first((statement) => ({
      ...statement,
      signatures: statement.signatures.with(2, { role: 4, index: 0, signature: new Uint8Array(64) }),
    })),
  ),
  spoiled(
    "D18 a signature with high s",
    "SIGNATURE_HIGH_S",
    [plan()],
    first((statement) => ({
      ...statement,
      signatures: statement.signatures.map((signature) => ({ ...signature, signature: negated(signature.signature) })),
    })),
  ),
  spoiled(
    "D8 one bit of a signature",
    "TRUST_SIGNATURES",
    [plan()],
    first((statement) => ({
      ...statement,
      signatures: statement.signatures.map((signature) => ({
        ...signature,
        signature: flipped(signature.signature, 9),
      })),
    })),
  ),
  spoiled(
    "D8 one bit of the floor",
    "TRUST_SIGNATURES",
    [plan()],
    first((statement) => ({ ...statement, floorNumber: 1n })),
  ),
  spoiled(
    "no signatures",
    "CHAIN_MALFORMED",
    [plan()],
    first((statement) => ({ ...statement, signatures: [] })),
  ),
  ...blockCases(),
];

/** Trust blocks that are none, though signed. */
function blockCases(): Case[] {
  const field = layouts.trustBlock.fields;
  const block = (title: string, at: number, bit: number): Case =>
    spoiled(
      `a trust block with ${title}`,
      "TRUST_BLOCK_MALFORMED",
      [plan()],
      first((statement) => ({
        ...statement,
        block: flipped(statement.block, at, bit),
      })),
    );
  return [
    block("another magic", field.magic.offset, 0),
    block("another layout", field.layout.offset, 1),
    block("a bit in reserved", field.reserved.offset, 0),
    block("a bit in padding", field.padding.offset, 0),
    block("another checksum", field.crc32.offset, 0),
    block("a bit in a key", field.keys.offset + 5, 0),
    ...unusualBlocks(),
  ];
}

function unusualBlocks(): Case[] {
  const encoded = (title: string, edit: (bytes: Uint8Array) => void): Case =>
    spoiled(
      `a trust block with ${title}`,
      "TRUST_BLOCK_MALFORMED",
      [plan()],
      first((statement) => {
        const copy = Uint8Array.from(statement.block);
        edit(copy);
        return { ...statement, block: withChecksum(copy) };
      }),
    );
  const { fields } = layouts.trustBlock;
  const at =
    (offset: number, value: number) =>
    (bytes: Uint8Array): void => {
      bytes[offset] = value;
    };
  return [
    encoded("a floor", at(fields.floorNumber.offset + 7, 1)),
    encoded("a floor's timestamp", at(fields.floorTimestamp.offset + 7, 1)),
    encoded("D24 a threshold of zero", at(fields.witnessThreshold.offset, 0)),
    encoded("D24 a threshold of half", at(fields.witnessThreshold.offset, 1)),
    encoded("a threshold above its witnesses", at(fields.witnessThreshold.offset, 4)),
    encoded("no witnesses", at(fields.witnessCount.offset, 0)),
    encoded("eight witnesses", at(fields.witnessCount.offset, 8)),
    encoded("six recovery keys", at(fields.recoveryCount.offset, 6)),
    encoded("recovery keys and no threshold", at(fields.recoveryThreshold.offset, 0)),
    encoded("a recovery threshold above its keys", at(fields.recoveryThreshold.offset, 4)),
    encoded("a key that is not compressed", at(fields.keys.offset, 4)),
    encoded("a key too many", at(fields.keys.offset + 6 * 33, 2)),
    encoded("D24 a key twice", (bytes) => {
      bytes.copyWithin(fields.keys.offset + 33, fields.keys.offset, fields.keys.offset + 33);
    }),
  ].map((entry) => ({ ...entry, title: entry.title.replace(/^(a trust block with )(D24) /, "$2 $1") }));
}

function withChecksum(block: Uint8Array): Uint8Array {
  const { offset } = layouts.trustBlock.fields.crc32;
  new DataView(block.buffer).setUint32(offset, crc32(block.subarray(0, offset)));
  return block;
}

const OTHER_MAKER = await rootCertificate({ chainId: CHAIN_ID, manufacturerId: 8n, key: "other-root", ...VALIDITY });
const FORGED_ROOT = flipped(OTHER_ROOT, -3);

const reroot = (der: Uint8Array, change: Partial<StatementPlan> = {}): StatementPlan => ({
  old: TRUST,
  next: { ...TRUST, epoch: 2, rootHash: sha256(der) },
  signers: [...QUORUM_AND_ROOT, newRoot()],
  newRoot: der,
  ...change,
});

const WITH_ROOT_WORD: Partial<Scenario> = { without: ["license", "release"], rootWord: rootWord(OTHER_ROOT) };

const rootCases: readonly Case[] = [
  sent("D31 a new root that the chain names", "OK", [reroot(OTHER_ROOT)], WITH_ROOT_WORD),
  sent(
    "a lost root: a quorum, recovery keys and the new root",
    "OK",
    [reroot(OTHER_ROOT, { signers: [witness(0), witness(1), recovery(0), recovery(1), newRoot()] })],
    WITH_ROOT_WORD,
  ),
  sent(
    "a lost quorum: another root in its place",
    "TRUST_SIGNATURES",
    [reroot(OTHER_ROOT, { signers: [...ROOT_AND_RECOVERY, newRoot()] })],
    WITH_ROOT_WORD,
  ),
  sent(
    "root and recovery keys replace witnesses and root at once",
    "TRUST_SIGNATURES",
    [
      reroot(OTHER_ROOT, {
        next: { ...NEXT, rootHash: sha256(OTHER_ROOT) },
        signers: [...ROOT_AND_RECOVERY, newRoot()],
      }),
    ],
    WITH_ROOT_WORD,
  ),
  sent("a new root without a proof", "TRUST_ROOT_NOT_PROVED", [reroot(OTHER_ROOT)]),
  sent("a new root that the chain does not name", "ROOT_WORD_MISMATCH", [reroot(OTHER_ROOT)], {
    without: ["license", "release"],
  }),
  sent("a new root, and no root on chain", "ROOT_ABSENT", [reroot(OTHER_ROOT)], { ...WITH_ROOT_WORD, rootWord: null }),
  sent("a root word of another layout", "WORD_MALFORMED", [reroot(OTHER_ROOT)], {
    ...WITH_ROOT_WORD,
    rootWord: flipped(rootWord(OTHER_ROOT), 0, 1),
  }),
  sent(
    "a new root that does not sign",
    "TRUST_STATEMENT_MALFORMED",
    [reroot(OTHER_ROOT, { signers: QUORUM_AND_ROOT })],
    WITH_ROOT_WORD,
  ),
  sent(
    "another signs for the new root",
    "TRUST_SIGNATURES",
    [reroot(OTHER_ROOT, { signers: [...QUORUM_AND_ROOT, newRoot("root")] })],
    WITH_ROOT_WORD,
  ),
  sent(
    "a new root whose certificate is not the named one",
    "ROOT_MISMATCH",
    [reroot(OTHER_ROOT, { newRoot: HONEST.unit.root })],
    WITH_ROOT_WORD,
  ),
  sent("a new root of another manufacturer", "CERT_MANUFACTURER", [reroot(OTHER_MAKER)], {
    without: ["license", "release"],
    rootWord: rootWord(OTHER_MAKER),
  }),
  sent("a new root that did not sign itself", "CERT_SIGNATURE", [reroot(FORGED_ROOT)], {
    without: ["license", "release"],
    rootWord: rootWord(FORGED_ROOT),
  }),
  sent(
    "a new root that is an OTA signer",
    "CERT_USAGE",
    [reroot(HONEST.release.certificate, { signers: [...QUORUM_AND_ROOT, newRoot("ota")] })],
    WITH_ROOT_WORD,
  ),
  spoiled(
    "a new root's hash without its certificate",
    "TRUST_STATEMENT_MALFORMED",
    [reroot(OTHER_ROOT)],
    first(({ newRoot: _certificate, ...statement }) => statement),
    WITH_ROOT_WORD,
  ),
];

/** As many keys as a trust block holds, all of them needed. */
const FULL: TrustBlock = {
  ...TRUST,
  witnessThreshold: 5,
  witnesses: [1, 2, 3, 4, 5].map((at) => fakeKey(`witness-${at}`).publicKey),
  recoveryThreshold: 5,
  recoveryKeys: [1, 2, 3, 4, 5].map((at) => fakeKey(`recovery-${at}`).publicKey),
};
const WITNESSES = [0, 1, 2, 3, 4].map(witness);
const RECOVERY = [0, 1, 2, 3, 4].map(recovery);

const full = (title: string, expect: Case["expect"], signers: readonly Cosigner[]): Case =>
  sent(
    title,
    expect,
    [reroot(OTHER_ROOT, { old: FULL, next: { ...FULL, epoch: 2, rootHash: sha256(OTHER_ROOT) }, signers })],
    {
      ...WITH_ROOT_WORD,
      unit: { ...HONEST.unit, trust: FULL },
      witnesses: [0, 1, 2, 3, 4],
    },
  );

const fullCases: readonly Case[] = [
  full("a lost root: eleven signatures, five witnesses, five recovery keys and the new root", "OK", [
    ...WITNESSES,
    ...RECOVERY,
    newRoot(),
  ]),
  full("twelve signatures: of every key", "CHAIN_MALFORMED", [...WITNESSES, root(), ...RECOVERY, newRoot()]),
];

const STEP = BigInt(limits.floorStep);
const FAR = { number: 1n << 47n, timestamp: TIMESTAMP };

/** Statements that ask for a floor no block has, and a block so far above the unit's floor. */
const poisoned = (title: string, expect: Case["expect"], plans: readonly StatementPlan[], above: bigint): Case =>
  sent(title, expect, plans, { block: { ...HONEST.block, number: TRUST.floorNumber + above } });

const TWICE: readonly StatementPlan[] = [
  plan({ floor: FAR }),
  { old: NEXT, next: AFTER_NEXT, signers: QUORUM_AND_ROOT, floor: FAR },
];

const floorCases: readonly Case[] = [
  poisoned("D3 a statement's far floor moves the unit's by 2^24", "OK", [plan({ floor: FAR })], STEP),
  poisoned("D3 and by all of it: a block below is too low", "BLOCK_BELOW_FLOOR", [plan({ floor: FAR })], STEP - 1n),
  poisoned("D3 two statements with far floors move it by 2^24 each", "OK", TWICE, 2n * STEP),
  poisoned("D3 and by all of both: a block below is too low", "BLOCK_BELOW_FLOOR", TWICE, 2n * STEP - 1n),
];

export const trustCases: readonly Case[] = [
  ...acceptedCases,
  ...refusedCases,
  ...rootCases,
  ...fullCases,
  ...floorCases,
];
