// SPDX-License-Identifier: Apache-2.0
// What proved words allow: protocol/chain.md, checks 7 to 9. Each throws its refusal.
import { TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import type { ErrorName } from "../protocol/generated.ts";
import { words } from "../protocol/generated.ts";
import { addressOf, sha256 } from "../protocol/secp256k1.ts";
import {
  decodeLicenseWord,
  decodeReleaseWord,
  decodeRootWord,
  type LicenseWord,
  type ReleaseWord,
} from "../protocol/storage-word.ts";

const { licenseStatus, releaseStatus } = words;

/** @throws LICENSE_ABSENT, WORD_MALFORMED */
export function requireLicense(word: Uint8Array | null | undefined): LicenseWord {
  return decodeLicenseWord(requirePresent(word, "LICENSE_ABSENT"));
}

/** @param time unix seconds. @throws LICENSE_SUSPENDED, LICENSE_REVOKED, LICENSE_STATUS_UNKNOWN, LICENSE_EXPIRED */
export function requireInForce(license: LicenseWord, time: bigint): void {
  const refusal = STATUS_REFUSALS.get(license.status);
  if (refusal !== undefined) throw new TouchmarkError(refusal);
  if (!IN_FORCE.includes(license.status)) throw new TouchmarkError("LICENSE_STATUS_UNKNOWN");
  const { expiry } = license;
  if (expiry <= time) throw new TouchmarkError("LICENSE_EXPIRED", { data: { expiry, time } });
}

const IN_FORCE: readonly number[] = [licenseStatus.active, licenseStatus.sunset];
const STATUS_REFUSALS: ReadonlyMap<number, ErrorName> = new Map([
  [licenseStatus.suspended, "LICENSE_SUSPENDED"],
  [licenseStatus.revoked, "LICENSE_REVOKED"],
]);

/** @throws LICENSE_SIGNER, LICENSE_MIN_SECURITY_VERSION */
export function requirePermitted(license: LicenseWord, signerKey: Uint8Array, securityVersion: number): void {
  const signer = addressOf(signerKey);
  const licensed = `0x${toHex(license.otaSigner)}`;
  if (signer !== licensed) throw new TouchmarkError("LICENSE_SIGNER", { data: { signer, licensed } });
  if (securityVersion < license.minSecurityVersion) throw new TouchmarkError("LICENSE_MIN_SECURITY_VERSION");
}

/** Under a sunset license only what is above the unit's rollback counter installs. @throws LICENSE_SUNSET */
export function requireInstallable(license: LicenseWord, securityVersion: number, rollback: number): void {
  const isSunset = license.status === licenseStatus.sunset;
  if (isSunset && securityVersion <= rollback) throw new TouchmarkError("LICENSE_SUNSET");
}

/** @throws RELEASE_NOT_ANNOUNCED, WORD_MALFORMED, RELEASE_WITHDRAWN, RELEASE_SECURITY_VERSION, RELEASE_BLOCK */
export function requireAnnounced(word: Uint8Array | null | undefined, securityVersion: number, block: bigint): void {
  const release: ReleaseWord = decodeReleaseWord(requirePresent(word, "RELEASE_NOT_ANNOUNCED"));
  if (release.status === releaseStatus.withdrawn) throw new TouchmarkError("RELEASE_WITHDRAWN");
  if (release.status !== releaseStatus.announced) throw new TouchmarkError("WORD_MALFORMED");
  if (release.securityVersion !== securityVersion) throw new TouchmarkError("RELEASE_SECURITY_VERSION");
  if (release.announcedBlock > block) throw new TouchmarkError("RELEASE_BLOCK");
}

/** @param root DER. @throws ROOT_ABSENT, WORD_MALFORMED, ROOT_WORD_MISMATCH */
export function requireRoot(word: Uint8Array | null | undefined, root: Uint8Array): void {
  const prefix = decodeRootWord(requirePresent(word, "ROOT_ABSENT"));
  if (!equalBytes(prefix, sha256(root).subarray(0, prefix.length))) throw new TouchmarkError("ROOT_WORD_MISMATCH");
}

function requirePresent(word: Uint8Array | null | undefined, absent: ErrorName): Uint8Array {
  if (word === null || word === undefined) throw new TouchmarkError(absent);
  return word;
}
