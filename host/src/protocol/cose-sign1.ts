// SPDX-License-Identifier: Apache-2.0
// COSE_Sign1 (RFC 9052 §4.2) in one profile: ES256K and the signer's certificate in the protected header, the payload
// detached. protocol/bundle.md.

import { encode, Tag } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { expectEs256k } from "./cose-header.ts";
import { cose } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";

export interface CoseSign1 {
  /** The protected header as encoded: it is signed as it stands. */
  readonly protectedHeader: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** r || s. */
  readonly signature: Uint8Array;
}

/** The protected header for a signer's certificate. */
export function coseProtectedHeader(certificate: Uint8Array): Uint8Array {
  return encode(
    new Map<number, number | Uint8Array>([
      [cose.header.alg, cose.alg.es256k],
      [cose.header.x5chain, certificate],
    ]),
  );
}

/** What is signed: SHA-256 of Sig_structure over the detached payload. */
export function coseDigest(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array {
  return sha256(encode(["Signature1", protectedHeader, new Uint8Array(), payload]));
}

export function encodeCoseSign1({ protectedHeader, signature }: CoseSign1): Uint8Array {
  return encode(new Tag([protectedHeader, new Map(), null, signature], cose.tagSign1));
}

/** @throws COSE_MALFORMED, COSE_ALGORITHM */
export function decodeCoseSign1(bytes: Uint8Array): CoseSign1 {
  const item = CborFields.open(bytes, "COSE_MALFORMED").tagged(cose.tagSign1).array(4, 4);
  const protectedHeader = item.bytes(0, Number.POSITIVE_INFINITY);
  const certificate = readProtectedHeader(protectedHeader);
  item.map().end();
  item.expect(null);
  return { protectedHeader, certificate, signature: item.bytes(64) };
}

function readProtectedHeader(bytes: Uint8Array): Uint8Array {
  const header = CborFields.open(bytes, "COSE_MALFORMED").map();
  expectEs256k(header);
  header.expect(cose.header.x5chain);
  const certificate = header.bytes(0, Number.POSITIVE_INFINITY);
  header.end();
  return certificate;
}
