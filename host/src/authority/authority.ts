// SPDX-License-Identifier: Apache-2.0
// What the security officer issues: the root, lines and OTA signers.
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import type { DistinguishedName } from "../protocol/distinguished-name.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import { limits } from "../protocol/generated.ts";
import type { ProfiledCertificate } from "./check-profile.ts";
import { type Issuer, issue, issueSelf } from "./issue.ts";
import { profiles } from "./profiles.ts";
import { requireInForce } from "./verify-chain.ts";

const DAY = 86_400;

export interface RootRequest {
  /** O of every certificate of the manufacturer. */
  readonly organization: string;
  readonly commonName: string;
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  /** Unix seconds. */
  readonly now: number;
  /** Days, at most 40 years. */
  readonly days: number;
  /** What units sign claims and pairings for, 0x and 40 hexadecimal digits; without it they sign none. */
  readonly registry?: string;
}

export interface LineRequest {
  /** CN: the one station that the key is for. */
  readonly station: string;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** Device certificates that it may issue. */
  readonly units: number;
  readonly now: number;
  /** Days, at most 90. */
  readonly days: number;
}

export interface OtaRequest {
  readonly commonName: string;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly now: number;
  /** Days, at most 5 years. */
  readonly days: number;
}

/** @throws CERT_PROFILE */
export async function issueRoot(request: RootRequest, signer: Signer): Promise<ProfiledCertificate> {
  const { organization, commonName, chainId, manufacturerId, now, days, registry } = request;
  const subject = {
    name: named(organization, commonName),
    publicKey: signer.publicKey,
    manufacturer: { chainId, manufacturerId },
    ...(registry !== undefined && { registry }),
    notBefore: now,
    notAfter: lastSecond(now, days),
  };
  return issueSelf(profiles.root, subject, signer);
}

/** @throws CERT_PROFILE, CERT_NOT_IN_FORCE, KEY_REFUSED */
export async function issueLine(request: LineRequest, root: Issuer): Promise<ProfiledCertificate> {
  if (!Number.isInteger(request.units) || request.units < 1 || request.units > limits.lineUnits)
    throw new TouchmarkError("CERT_PROFILE", { data: { role: "line", what: "units", maximum: limits.lineUnits } });
  const subject = { ...under(root, request.station, request), units: request.units };
  return issue(profiles.line, subject, root);
}

/** @throws CERT_PROFILE, CERT_NOT_IN_FORCE, KEY_REFUSED */
export async function issueOta(request: OtaRequest, root: Issuer): Promise<ProfiledCertificate> {
  return issue(profiles.ota, under(root, request.commonName, request), root);
}

function under(
  { certificate }: Issuer,
  commonName: string,
  { publicKey, now, days }: { publicKey: Uint8Array; now: number; days: number },
) {
  requireInForce(certificate, now);
  const organization = nameValue(certificate.subject, "organizationName") ?? "";
  return {
    name: named(organization, commonName),
    publicKey,
    manufacturer: certificate.manufacturer,
    notBefore: now,
    notAfter: lastSecond(now, days, certificate),
  };
}

function named(organization: string, commonName: string): DistinguishedName {
  return [
    { type: "organizationName", value: organization },
    { type: "commonName", value: commonName },
  ];
}

/** Unix seconds. The last second of the last day belongs to it: both ends are inclusive (RFC 5280 §4.1.2.5). */
export function lastSecond(notBefore: number, days: number, issuer?: { readonly notAfter: number }): number {
  const last = notBefore + Math.round(days * DAY) - 1;
  return issuer ? Math.min(last, issuer.notAfter) : last;
}
