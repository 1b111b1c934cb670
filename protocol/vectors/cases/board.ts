// SPDX-License-Identifier: Apache-2.0
// Account and words: protocol/chain.md, checks 6 to 8.
import { words } from "../../../host/src/protocol/generated.ts";
import { integerBytes, type RlpItem } from "../../../host/src/protocol/rlp.ts";
import type { Case } from "../lab/case.ts";
import { CODE_HASH, HONEST, licenseWord, NUMBER, type Release, type Scenario, TIMESTAMP } from "../lab/scenario.ts";
import { flipped, withRelease, withSpoil, withUnit } from "./change.ts";

const one = (title: string, expect: Case["expect"], scenario: Scenario): Case => ({ title, expect, scenario });

const account = (title: string, expect: Case["expect"], change: (fields: readonly RlpItem[]) => RlpItem): Case =>
  one(title, expect, withSpoil({ account: change }));

const FIELD = { nonce: 0, balance: 1, storageRoot: 2, codeHash: 3 } as const;

const accountCases: readonly Case[] = [
  account("D15 another contract's code", "ACCOUNT_CODE_HASH", (fields) =>
    fields.with(FIELD.codeHash, flipped(CODE_HASH, 0)),
  ),
  account("three fields", "ACCOUNT_MALFORMED", (fields) => fields.slice(0, 3)),
  account("five fields", "ACCOUNT_MALFORMED", (fields) => [...fields, new Uint8Array()]),
  account("a nonce of 8 bytes", "OK", (fields) => fields.with(FIELD.nonce, new Uint8Array(8).fill(1))),
  account("D22 a nonce of 9 bytes", "ACCOUNT_MALFORMED", (fields) =>
    fields.with(FIELD.nonce, new Uint8Array(9).fill(1)),
  ),
  account("D16 a nonce with a leading zero", "ACCOUNT_MALFORMED", (fields) =>
    fields.with(FIELD.nonce, Uint8Array.of(0, 1)),
  ),
  account("a balance of 32 bytes", "OK", (fields) => fields.with(FIELD.balance, new Uint8Array(32).fill(1))),
  account("D22 a balance of 33 bytes", "ACCOUNT_MALFORMED", (fields) =>
    fields.with(FIELD.balance, new Uint8Array(33).fill(1)),
  ),
  account("D16 a balance of zero that is a byte", "ACCOUNT_MALFORMED", (fields) =>
    fields.with(FIELD.balance, Uint8Array.of(0)),
  ),
  account("a balance that is a list", "ACCOUNT_MALFORMED", (fields) => fields.with(FIELD.balance, [])),
  account("a storage root of 31 bytes", "ACCOUNT_MALFORMED", (fields) =>
    fields.with(FIELD.storageRoot, new Uint8Array(31)),
  ),
  account("a code hash of 33 bytes", "ACCOUNT_MALFORMED", (fields) => fields.with(FIELD.codeHash, new Uint8Array(33))),
  account("an account that is no list", "ACCOUNT_MALFORMED", () => integerBytes(2n ** 300n)),
  one("D15 a board that the block does not hold", "ACCOUNT_ABSENT", withSpoil({ account: null })),
  ...(["account", "license", "release"] as const).map((name) =>
    one(`no ${name} proof`, "PROOF_INCOMPLETE", { ...HONEST, without: ["root", name] }),
  ),
];

const license = (title: string, expect: Case["expect"], change: Parameters<typeof licenseWord>[0]): Case =>
  one(title, expect, { ...HONEST, license: licenseWord(change) });

const { licenseStatus, releaseStatus } = words;
const SUNSET = { status: licenseStatus.sunset };

const licenseCases: readonly Case[] = [
  one("no license word", "LICENSE_ABSENT", { ...HONEST, license: null }),
  one("a license word of another layout", "WORD_MALFORMED", { ...HONEST, license: flipped(licenseWord(), 0, 1) }),
  one("a license word of 31 bytes", "WORD_MALFORMED", { ...HONEST, license: licenseWord().slice(1) }),
  one("a license word of 33 bytes", "WORD_MALFORMED", { ...HONEST, license: Uint8Array.from([1, ...licenseWord()]) }),
  license("suspended", "LICENSE_SUSPENDED", { status: licenseStatus.suspended }),
  license("revoked", "LICENSE_REVOKED", { status: licenseStatus.revoked }),
  license("status 0", "LICENSE_STATUS_UNKNOWN", { status: 0 }),
  license("status 5", "LICENSE_STATUS_UNKNOWN", { status: 5 }),
  license("status 255", "LICENSE_STATUS_UNKNOWN", { status: 255 }),
  license("expired in the block's second", "LICENSE_EXPIRED", { expiry: TIMESTAMP }),
  license("good for one more second", "OK", { expiry: TIMESTAMP + 1n }),
  license("no expiry at all", "LICENSE_EXPIRED", { expiry: 0n }),
  license("D22 the highest expiry", "OK", { expiry: 2n ** 48n - 1n }),
  license("D31 another OTA signer", "LICENSE_SIGNER", { otaSigner: new Uint8Array(20).fill(7) }),
  license("no OTA signer", "LICENSE_SIGNER", { otaSigner: new Uint8Array(20) }),
  license("a higher minimum security version", "LICENSE_MIN_SECURITY_VERSION", { minSecurityVersion: 4 }),
  license("the minimum security version itself", "OK", { minSecurityVersion: 3 }),
  one("a sunset license and a security version that stays", "LICENSE_SUNSET", {
    ...HONEST,
    license: licenseWord(SUNSET),
  }),
  one("a sunset license and a higher security version", "OK", {
    ...withUnit({ rollback: 2 }),
    license: licenseWord(SUNSET),
  }),
  license("sunset and expired", "LICENSE_EXPIRED", { ...SUNSET, expiry: TIMESTAMP }),
  license("suspended, expired, another signer", "LICENSE_SUSPENDED", {
    status: licenseStatus.suspended,
    expiry: 0n,
    otaSigner: new Uint8Array(20),
  }),
];

const release = (title: string, expect: Case["expect"], announced: Release["announced"]): Case =>
  one(title, expect, withRelease({ announced }));

const releaseCases: readonly Case[] = [
  release("never announced", "RELEASE_NOT_ANNOUNCED", null),
  release("withdrawn", "RELEASE_WITHDRAWN", { status: releaseStatus.withdrawn }),
  release("release status 0", "WORD_MALFORMED", { status: 0 }),
  release("release status 3", "WORD_MALFORMED", { status: 3 }),
  release("announced with another security version", "RELEASE_SECURITY_VERSION", { securityVersion: 4 }),
  release("announced in the proved block", "OK", { block: NUMBER }),
  release("announced after the proved block", "RELEASE_BLOCK", { block: NUMBER + 1n }),
  one("suspended and withdrawn", "LICENSE_SUSPENDED", {
    ...withRelease({ announced: { status: releaseStatus.withdrawn } }),
    license: licenseWord({ status: licenseStatus.suspended }),
  }),
];

export const boardCases: readonly Case[] = [...accountCases, ...licenseCases, ...releaseCases];
