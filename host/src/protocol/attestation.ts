// SPDX-License-Identifier: Apache-2.0
// A unit's attestation: an Entity Attestation Token (RFC 9711) in COSE_Sign1, in the one profile of
// protocol/attestation.md. firmware/core/attestation.c writes it.
import { TouchmarkError } from "../errors.ts";
import { type AttestationClaims, readClaims } from "./attestation-claims.ts";
import { encode, Tag } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { expectEs256k, readThumbprint } from "./cose-header.ts";
import { cose, eat, limits } from "./generated.ts";

export interface Attestation {
  /** As encoded: it is signed as it stands. */
  readonly protectedHeader: Uint8Array;
  /** SHA-256 of the DER of the certificate whose key signed. */
  readonly certificateHash: Uint8Array;
  /** Device and line certificate, DER, where the token brings them: nothing protects them but their own signatures. */
  readonly certificates?: readonly [device: Uint8Array, line: Uint8Array];
  /** The claims set as encoded. */
  readonly payload: Uint8Array;
  readonly claims: AttestationClaims;
  /** r ‖ s. */
  readonly signature: Uint8Array;
}

const MALFORMED = "ATTESTATION_MALFORMED";
const ANY = limits.attestationBytes;

/** @throws ATTESTATION_MALFORMED, ATTESTATION_PROFILE, COSE_ALGORITHM */
export function decodeAttestation(bytes: Uint8Array): Attestation {
  if (bytes.length > limits.attestationBytes)
    throw new TouchmarkError(MALFORMED, { data: { bytes: bytes.length, maximum: limits.attestationBytes } });
  const item = CborFields.open(bytes, MALFORMED).tagged(cose.tagCwt).tagged(cose.tagSign1).array(4, 4);
  const protectedHeader = item.bytes(0, ANY);
  const certificateHash = readProtected(protectedHeader);
  const certificates = readUnprotected(item.map());
  const payload = item.bytes(0, ANY);
  const claims = readClaims(payload);
  const signature = item.bytes(64);
  return { protectedHeader, certificateHash, ...(certificates && { certificates }), payload, claims, signature };
}

/** The token with the certificates that it is judged by, so that a file says it all. */
export function withCertificates(token: Uint8Array, certificates: readonly [Uint8Array, Uint8Array]): Uint8Array {
  const { protectedHeader, payload, signature } = decodeAttestation(token);
  const unprotected = new Map([[cose.header.x5chain, certificates]]);
  const message = new Tag([protectedHeader, unprotected, payload, signature], cose.tagSign1);
  return encode(new Tag(message, cose.tagCwt));
}

function readProtected(bytes: Uint8Array): Uint8Array {
  const header = CborFields.open(bytes, MALFORMED).map();
  expectEs256k(header);
  header.expect(cose.header.typ);
  header.expect(eat.contentFormat);
  return readThumbprint(header);
}

function readUnprotected(header: CborFields): readonly [Uint8Array, Uint8Array] | undefined {
  if (header.left === 0) return undefined;
  header.expect(cose.header.x5chain);
  const chain = header.array(2, 2);
  header.end();
  return [chain.bytes(1, limits.certificateBytes), chain.bytes(1, limits.certificateBytes)];
}
