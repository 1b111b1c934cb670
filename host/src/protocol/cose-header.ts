// SPDX-License-Identifier: Apache-2.0
// Members of protected COSE headers (RFC 9052) that more than one of our messages has.
import { TouchmarkError } from "../errors.ts";
import type { CborFields } from "./cbor-fields.ts";
import { cose } from "./generated.ts";

/**
 * ES256K and nothing else. In deterministic order the algorithm is the first label of any header that has one.
 * @throws COSE_ALGORITHM
 */
export function expectEs256k(header: CborFields): void {
  try {
    header.expect(cose.header.alg);
    header.expect(cose.alg.es256k);
  } catch (cause) {
    throw new TouchmarkError("COSE_ALGORITHM", { cause });
  }
}

/** The header's last member, x5t (RFC 9360). @returns SHA-256 of a certificate's DER */
export function readThumbprint(header: CborFields): Uint8Array {
  header.expect(cose.header.x5t);
  const thumbprint = header.array(2, 2);
  header.end();
  thumbprint.expect(cose.digestSha256);
  return thumbprint.bytes(32);
}
