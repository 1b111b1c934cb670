// SPDX-License-Identifier: Apache-2.0
// Notice, lock and enroll: what a chain alone moves, and what it takes to be of a manufacturer. protocol/chain.md,
// "Judged".
import { classId } from "../../../host/src/protocol/class-id.ts";
import { words } from "../../../host/src/protocol/generated.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import type { Case } from "../lab/case.ts";
import { deviceCertificate, lineCertificate, rootCertificate } from "../lab/certificates.ts";
import { HONEST, licenseWord, NUMBER, rootWord, type Scenario, TIMESTAMP, VALIDITY } from "../lab/scenario.ts";
import { newRoot, root, statementOf, witness } from "../lab/statement.ts";
import { flipped, withRelease, withTrust, withUnit } from "./change.ts";

const { licenseStatus, releaseStatus } = words;
const one = (title: string, expect: Case["expect"], scenario: Scenario): Case => ({ title, expect, scenario });

const NONCE = new Uint8Array(32).fill(0x10);

export const NOTICE: Scenario = { ...HONEST, without: ["release", "root"] };

export const noticeCases: readonly Case[] = [
  one("a license in force", "OK", NOTICE),
  ...Object.entries(licenseStatus).map(([name, status]) =>
    one(`a license that is ${name}`, "OK", { ...NOTICE, license: licenseWord({ status }) }),
  ),
  one("D2 an expired license", "OK", { ...NOTICE, license: licenseWord({ expiry: 0n }) }),
  one("an unknown status", "OK", { ...NOTICE, license: licenseWord({ status: 9 }) }),
  one("no license word", "LICENSE_ABSENT", { ...NOTICE, license: null }),
  one("a license word of another layout", "WORD_MALFORMED", { ...NOTICE, license: flipped(licenseWord(), 0, 1) }),
  one("no license proof", "PROOF_INCOMPLETE", { ...NOTICE, without: ["license", "release", "root"] }),
  one("D14 a block below the floor", "BLOCK_BELOW_FLOOR", withTrust({ floorNumber: NUMBER + 1n }, NOTICE)),
  one("D24 one witness", "WITNESS_QUORUM", { ...NOTICE, witnesses: [0] }),
  one("without challenge while one is outstanding", "OK", { ...NOTICE, unit: { ...NOTICE.unit, challenge: NONCE } }),
  one("over the unit's challenge", "OK", { ...NOTICE, unit: { ...NOTICE.unit, challenge: NONCE }, nonce: NONCE }),
  one("a unit without a root", "TRUST_INCOMPLETE", withTrust({ rootHash: new Uint8Array(32) }, NOTICE)),
  one("a root that is another's beside it", "OK", {
    ...NOTICE,
    rootWord: rootWord(HONEST.release.certificate),
    without: ["release"],
  }),
  one("a release proof that is not the running one's beside it", "PROOF_NODE_HASH", { ...NOTICE, without: ["root"] }),
];

const RUNNING = HONEST.release.manifest.license.securityVersion;

/** The unit runs the release that the chain speaks of. */
export const LOCK: Scenario = {
  ...withUnit({ challenge: NONCE, securityVersion: RUNNING }),
  nonce: NONCE,
  without: [],
};

export const lockCases: readonly Case[] = [
  one("everything proved over the unit's challenge", "OK", LOCK),
  one("D2 no challenge in the proof", "CHALLENGE_REQUIRED", { ...LOCK, nonce: new Uint8Array(32) }),
  one("D2 another challenge", "CHALLENGE_EXPIRED", { ...LOCK, nonce: new Uint8Array(32).fill(0x11) }),
  ...(["account", "license", "release", "root"] as const).map((name) =>
    one(`no ${name} proof`, "PROOF_INCOMPLETE", { ...LOCK, without: [name] }),
  ),
  one("a suspended license", "LICENSE_SUSPENDED", {
    ...LOCK,
    license: licenseWord({ status: licenseStatus.suspended }),
  }),
  one("an expired license", "LICENSE_EXPIRED", { ...LOCK, license: licenseWord({ expiry: TIMESTAMP }) }),
  one("another OTA signer", "LICENSE_SIGNER", { ...LOCK, license: licenseWord({ otaSigner: new Uint8Array(20) }) }),
  one("a sunset license", "OK", { ...LOCK, license: licenseWord({ status: licenseStatus.sunset }) }),
  one("a running release that was never announced", "RELEASE_NOT_ANNOUNCED", withRelease({ announced: null }, LOCK)),
  one(
    "a running release that was withdrawn",
    "RELEASE_WITHDRAWN",
    withRelease({ announced: { status: releaseStatus.withdrawn } }, LOCK),
  ),
  one("no root on chain", "ROOT_ABSENT", { ...LOCK, rootWord: null }),
  one("another root on chain", "ROOT_WORD_MISMATCH", { ...LOCK, rootWord: rootWord(HONEST.release.certificate) }),
  one("a root word of another layout", "WORD_MALFORMED", {
    ...LOCK,
    rootWord: flipped(rootWord(HONEST.unit.root), 0, 1),
  }),
];

const MODEL = "FAKE-1";
const identity = { chainId: HONEST.unit.trust.chainId, manufacturerId: HONEST.unit.trust.manufacturerId };
const LINE = await lineCertificate({ ...identity, key: "line", issuer: "root", ...VALIDITY });
const DEVICE = await deviceCertificate({
  ...identity,
  key: "device",
  issuer: "line",
  hardwareModel: MODEL,
  notBefore: Number(TIMESTAMP) - 60,
});

/** A unit from the factory: no root, no manufacturer. */
const BLANK: TrustBlock = {
  ...HONEST.unit.trust,
  manufacturerId: 0n,
  rootHash: new Uint8Array(32),
  classId: classId(HONEST.unit.trust.vendorId, MODEL),
};
const ENROLLED: TrustBlock = { ...BLANK, ...identity, rootHash: HONEST.unit.trust.rootHash };

export const ENROLL: Scenario = {
  ...HONEST,
  unit: { ...HONEST.unit, trust: BLANK },
  witnessedBy: ENROLLED,
  without: ["release"],
  enrollment: { line: LINE, device: DEVICE },
};

const LATER_ROOT = await rootCertificate({ ...identity, key: "other-root", ...VALIDITY });
const REROOTED: TrustBlock = { ...ENROLLED, epoch: ENROLLED.epoch + 1, rootHash: sha256(LATER_ROOT) };
const REROOT = statementOf({
  old: ENROLLED,
  next: REROOTED,
  signers: [witness(0), witness(2), root(), newRoot()],
  newRoot: LATER_ROOT,
});

/** A path under the root that the manufacturer has left, and the statement that led on from it. */
const LEFT_BEHIND: Scenario = {
  ...ENROLL,
  witnessedBy: REROOTED,
  rootWord: rootWord(LATER_ROOT),
  spoil: { chain: (chain) => ({ ...chain, trust: [REROOT] }) },
};

const path = (change: Partial<{ readonly line: Uint8Array; readonly device: Uint8Array }>): Scenario => ({
  ...ENROLL,
  enrollment: { line: LINE, device: DEVICE, ...change },
});

const BORN_EARLY = await deviceCertificate({
  ...identity,
  key: "device",
  issuer: "line",
  hardwareModel: MODEL,
  notBefore: VALIDITY.notBefore - 1,
});
const BORN_LATE = await deviceCertificate({
  ...identity,
  key: "device",
  issuer: "line",
  hardwareModel: MODEL,
  notBefore: Number(TIMESTAMP) + 1,
});
const FORGED = await deviceCertificate({
  ...identity,
  key: "device",
  issuer: "line",
  forger: "other-line",
  hardwareModel: MODEL,
  notBefore: Number(TIMESTAMP) - 60,
});

export const enrollCases: readonly Case[] = [
  one("a blank unit, its path and the board's words", "OK", ENROLL),
  one("A3 the same path again", "OK", { ...ENROLL, unit: { ...HONEST.unit, trust: ENROLLED } }),
  one("over the unit's challenge", "OK", { ...ENROLL, unit: { ...ENROLL.unit, challenge: NONCE }, nonce: NONCE }),
  one("D31 a path under a root that the chain has left", "ROOT_WORD_MISMATCH", LEFT_BEHIND),
  one("A3 a unit of another root", "ROOT_MISMATCH", {
    ...ENROLL,
    unit: { ...HONEST.unit, trust: { ...ENROLLED, rootHash: new Uint8Array(32).fill(1) } },
  }),
  one("A3 a unit of another manufacturer", "CERT_MANUFACTURER", {
    ...ENROLL,
    unit: { ...HONEST.unit, trust: { ...ENROLLED, manufacturerId: 8n } },
  }),
  one("D15 a unit of another chain", "CERT_MANUFACTURER", {
    ...ENROLL,
    unit: { ...ENROLL.unit, trust: { ...BLANK, chainId: 137n } },
  }),
  one("B1 another line in the line's name", "CERT_SIGNATURE", path({ device: FORGED })),
  one("B2 the line as device", "CERT_PROFILE", path({ device: LINE })),
  one("B2 the device as line", "CERT_PROFILE", path({ line: DEVICE })),
  one("B9 a byte behind the device certificate", "DER_MALFORMED", path({ device: Uint8Array.from([...DEVICE, 0]) })),
  one("B1 a device older than its line", "CERT_NOT_IN_FORCE", path({ device: BORN_EARLY })),
  one("B6 a device younger than the block", "CERT_NOT_IN_FORCE", path({ device: BORN_LATE })),
  one("a suspended license", "LICENSE_SUSPENDED", {
    ...ENROLL,
    license: licenseWord({ status: licenseStatus.suspended }),
  }),
  one("an expired license", "LICENSE_EXPIRED", { ...ENROLL, license: licenseWord({ expiry: TIMESTAMP }) }),
  one("no license word", "LICENSE_ABSENT", { ...ENROLL, license: null }),
  one("a license that names another OTA signer", "OK", {
    ...ENROLL,
    license: licenseWord({ otaSigner: new Uint8Array(20) }),
  }),
  one("no root on chain", "ROOT_ABSENT", { ...ENROLL, rootWord: null }),
  one("another root on chain", "ROOT_WORD_MISMATCH", { ...ENROLL, rootWord: rootWord(HONEST.release.certificate) }),
  one("D24 one witness", "WITNESS_QUORUM", { ...ENROLL, witnesses: [0] }),
  ...(["account", "license", "root"] as const).map((name) =>
    one(`no ${name} proof`, "PROOF_INCOMPLETE", { ...ENROLL, without: ["release", name] }),
  ),
];
