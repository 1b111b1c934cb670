// SPDX-License-Identifier: Apache-2.0
// Is an attestation the word of a unit under this root, and of a unit that was finished? protocol/attestation.md, "Order
// of checks". Needs neither chain nor network.
import { type VerifiedPath, verifyChain } from "../authority/verify-chain.ts";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { type Attestation, decodeAttestation } from "../protocol/attestation.ts";
import { type AttestationClaims, ueidOf } from "../protocol/attestation-claims.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { coseDigest } from "../protocol/cose-sign1.ts";
import type { Crl } from "../protocol/crl.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { requireSigned } from "./signed.ts";

export interface AttestationTerms {
  /** DER of the root that the asker trusts. */
  readonly root: Uint8Array;
  /** What the asker sent, 32 bytes. Absent: the token's age is not judged, for it names no time. */
  readonly nonce?: Uint8Array;
  /** Device and line, DER: those of the token where they are not given. */
  readonly certificates?: readonly [device: Uint8Array, line: Uint8Array];
  /** The root's revocation list, and the block in which the unit was registered. */
  readonly crl?: Crl;
  readonly registeredBlock?: bigint;
}

export interface AttestedUnit {
  readonly claims: AttestationClaims;
  /** Ethereum address of the unit's key, lower case. */
  readonly address: string;
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  readonly serial: string;
}

/**
 * @throws ATTESTATION_MALFORMED, ATTESTATION_PROFILE, COSE_ALGORITHM, ATTESTATION_CERTIFICATE, CERT_*, DER_MALFORMED,
 * ATTESTATION_SIGNATURE, SIGNATURE_HIGH_S, ATTESTATION_NONCE, ATTESTATION_CLAIM
 */
export function verifyAttestation(token: Uint8Array, terms: AttestationTerms): AttestedUnit {
  const attestation = decodeAttestation(token);
  const path = requirePath(attestation, terms);
  const { leaf, address } = path;
  const { claims } = attestation;
  const digest = coseDigest(attestation.protectedHeader, attestation.payload);
  requireSigned(digest, attestation.signature, leaf.publicKey, "ATTESTATION_SIGNATURE");
  if (terms.nonce && !equalBytes(terms.nonce, claims.nonce)) throw new TouchmarkError("ATTESTATION_NONCE");
  requireAgreement(claims, path);
  const { chainId, manufacturerId } = leaf.manufacturer;
  const serial = leaf.subject.find(({ type }) => type === "serialNumber")?.value ?? "";
  return { claims, address, chainId, manufacturerId, serial };
}

/** Where the chain says that a unit was registered; undefined: nowhere. */
export type BlockOf = (unit: Pick<AttestedUnit, "manufacturerId" | "address">) => Promise<bigint | undefined>;

/** As verifyAttestation; for a unit of a revoked line the chain is asked since when it is registered, where it may be. */
export async function verifyAttestationOnChain(
  token: Uint8Array,
  terms: AttestationTerms,
  blockOf?: BlockOf,
): Promise<AttestedUnit> {
  try {
    return verifyAttestation(token, terms);
  } catch (error) {
    if (!isTouchmarkError(error, "CERT_REVOKED") || !blockOf || terms.registeredBlock !== undefined) throw error;
    const { crl: _crl, ...rest } = terms;
    const registeredBlock = await blockOf(verifyAttestation(token, rest));
    if (registeredBlock === undefined) throw error;
    return verifyAttestation(token, { ...terms, registeredBlock });
  }
}

/** @throws UNIT_NOT_LOCKED, UNIT_DEBUG_OPEN */
export function requireFinished({ life, oemboot, debugClosed }: AttestationClaims): void {
  if (life !== "locked" || !oemboot) throw new TouchmarkError("UNIT_NOT_LOCKED", { data: { life } });
  if (!debugClosed) throw new TouchmarkError("UNIT_DEBUG_OPEN");
}

function requirePath({ certificateHash, certificates: own }: Attestation, terms: AttestationTerms): VerifiedPath {
  const [device, line] = terms.certificates ?? own ?? [];
  if (!device || !line || !equalBytes(sha256(device), certificateHash))
    throw new TouchmarkError("ATTESTATION_CERTIFICATE");
  const { crl, registeredBlock } = terms;
  return verifyChain("device", [device, line, terms.root], {
    rootHash: sha256(terms.root),
    ...(crl && { crl }),
    ...(registeredBlock !== undefined && { registeredBlock }),
  });
}

// What the certificate says, too. A unit that contradicts it runs other firmware than the maker's.
function requireAgreement({ ueid, chipId, hardwareModel }: AttestationClaims, { leaf }: VerifiedPath): void {
  if (!equalBytes(ueid, ueidOf(chipId, leaf.publicKey)))
    throw new TouchmarkError("ATTESTATION_CLAIM", { data: { claim: "ueid" } });
  if (hardwareModel !== leaf.manufacturer.hardwareModel)
    throw new TouchmarkError("ATTESTATION_CLAIM", { data: { claim: "hwmodel", hardwareModel } });
}
