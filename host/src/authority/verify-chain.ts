// SPDX-License-Identifier: Apache-2.0
// Certificate paths as protocol/certificates.md verifies them, in its order, with its codes; firmware/core/x509 is the
// same in C.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { type Certificate, decodeCertificate } from "../protocol/certificate.ts";
import type { Role } from "../protocol/certificate-role.ts";
import type { Crl } from "../protocol/crl.ts";
import { addressOf, sha256, verifyDigest } from "../protocol/secp256k1.ts";
import { requireNotRevoked } from "./check-crl.ts";
import { checkLink, checkProfile, type ProfiledCertificate } from "./check-profile.ts";
import { profiles } from "./profiles.ts";

export type PathKind = "device" | "ota" | "line" | "root";

export interface VerifyOptions {
  /** SHA-256 of the root certificate that must end the path. */
  readonly rootHash?: Uint8Array;
  readonly chainId?: bigint;
  readonly manufacturerId?: bigint;
  /** Unix seconds: the proved block's timestamp or the caller's clock. Absent: no validity is judged against a clock. */
  readonly at?: number;
  /** Signed by the path's root. */
  readonly crl?: Crl;
  /** Block in which the unit was registered, for what its line's revocation leaves standing. */
  readonly registeredBlock?: bigint;
}

export interface VerifiedPath {
  readonly leaf: ProfiledCertificate;
  /** The certificates above the leaf, up to the root. */
  readonly issuers: readonly ProfiledCertificate[];
  readonly root: ProfiledCertificate;
  /** Ethereum address of the leaf's key. */
  readonly address: string;
}

const rolesOf: Readonly<Record<PathKind, readonly [Role, ...Role[]]>> = {
  device: ["device", "line", "root"],
  line: ["line", "root"],
  ota: ["ota", "root"],
  root: ["root"],
};

/**
 * @param path DER, leaf first, root last
 * @throws CERT_*, DER_MALFORMED, PUBLIC_KEY_INVALID, ROOT_MISMATCH, SIGNATURE_RANGE, SIGNATURE_HIGH_S, CRL_STALE
 */
export function verifyChain(kind: PathKind, path: readonly Uint8Array[], options: VerifyOptions = {}): VerifiedPath {
  const roles = rolesOf[kind];
  const rootDer = path.at(-1);
  if (path.length !== roles.length || !rootDer)
    throw new TouchmarkError("CERT_PATH_LENGTH", { data: { certificates: path.length } });
  if (options.rootHash && !equalBytes(sha256(rootDer), options.rootHash)) throw new TouchmarkError("ROOT_MISMATCH");

  const certificates = path.map((der, index) => checkProfile(profiles[roles[index] ?? "root"], decodeCertificate(der)));
  const [leaf, ...issuers] = certificates;
  const root = certificates.at(-1);
  if (!leaf || !root) throw new TouchmarkError("CERT_PATH_LENGTH");
  for (const [index, certificate] of certificates.entries()) checkIssued(certificate, certificates[index + 1] ?? root);
  checkManufacturer(root, options);
  checkValidity(kind, leaf, issuers, options.at);
  requireNotRevoked(certificates, root, options);
  return { leaf, issuers, root, address: addressOf(leaf.publicKey) };
}

/** One link: names, manufacturer, signature. @throws CERT_ISSUER, CERT_MANUFACTURER, CERT_SIGNATURE, SIGNATURE_* */
export function checkIssued(child: ProfiledCertificate, parent: ProfiledCertificate): void {
  checkLink(child, parent);
  if (!verifyDigest(child.bodyDigest, child.signature, parent.publicKey)) throw new TouchmarkError("CERT_SIGNATURE");
}

/** @param at unix seconds @throws CERT_NOT_IN_FORCE unless notBefore ≤ at ≤ notAfter */
export function requireInForce({ notBefore, notAfter }: Certificate, at: number): void {
  if (at < notBefore || at > notAfter)
    throw new TouchmarkError("CERT_NOT_IN_FORCE", { data: { at, notBefore, notAfter } });
}

function checkManufacturer({ manufacturer }: ProfiledCertificate, { chainId, manufacturerId }: VerifyOptions): void {
  const { chainId: chain, manufacturerId: id } = manufacturer;
  if ((chainId ?? chain) !== chain || (manufacturerId ?? id) !== id)
    throw new TouchmarkError("CERT_MANUFACTURER", { data: { chainId: `${chain}`, manufacturerId: `${id}` } });
}

// A device outlives its line, whose validity counts when it signs. Nothing outlives the root.
function checkValidity(
  kind: PathKind,
  leaf: ProfiledCertificate,
  issuers: readonly ProfiledCertificate[],
  at: number | undefined,
): void {
  const root = issuers.at(-1) ?? leaf;
  const [line] = issuers;
  if (kind === "device" && line) requireInForce(line, leaf.notBefore);
  if (at === undefined) return;
  requireInForce(leaf, at);
  if (kind !== "device") requireInForce(root, at);
}
