// SPDX-License-Identifier: Apache-2.0
// What a revocation list takes away. A revoked line's certificates still count for units that stood in the registry
// before the entry's block: a stolen laptop can write any date, but no older block.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import type { Crl } from "../protocol/crl.ts";
import { encodeDistinguishedName } from "../protocol/distinguished-name.ts";
import { verifyDigest } from "../protocol/secp256k1.ts";
import type { ProfiledCertificate } from "./check-profile.ts";

export interface RevocationContext {
  readonly crl?: Crl;
  /** Unix seconds; absent: the list's own dates are not judged. */
  readonly at?: number;
  readonly registeredBlock?: bigint;
}

/** @throws CERT_ISSUER, CERT_SIGNATURE, SIGNATURE_* unless the root signed the list; CRL_STALE past its next update */
export function checkCrl(crl: Crl, root: ProfiledCertificate, at?: number): void {
  const named = equalBytes(encodeDistinguishedName(crl.issuer), encodeDistinguishedName(root.subject));
  if (!named || !equalBytes(crl.authorityKeyIdentifier, root.subjectKeyIdentifier))
    throw new TouchmarkError("CERT_ISSUER", { data: { what: "CRL" } });
  if (!verifyDigest(crl.bodyDigest, crl.signature, root.publicKey))
    throw new TouchmarkError("CERT_SIGNATURE", { data: { what: "CRL" } });
  if (at !== undefined && at > crl.nextUpdate) throw new TouchmarkError("CRL_STALE", { data: { at } });
}

/** @param certificates leaf first @throws CERT_REVOKED, and as checkCrl */
export function requireNotRevoked(
  certificates: readonly ProfiledCertificate[],
  root: ProfiledCertificate,
  { crl, at, registeredBlock }: RevocationContext,
): void {
  if (!crl) return;
  checkCrl(crl, root, at);
  for (const [index, { serialNumber }] of certificates.entries()) {
    const entry = crl.revocations.find((revoked) => equalBytes(revoked.serialNumber, serialNumber));
    if (!entry) continue;
    const above = index > 0;
    const before = entry.block !== undefined && registeredBlock !== undefined && registeredBlock < entry.block;
    const { reason, revokedAt, block } = entry;
    if (!above || !before)
      throw new TouchmarkError("CERT_REVOKED", { data: { reason, revokedAt, ...(block !== undefined && { block }) } });
  }
}
