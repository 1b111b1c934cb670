// SPDX-License-Identifier: Apache-2.0
// touchmarkBirth ::= SEQUENCE { nonce OCTET STRING (32), chipId OCTET STRING (8), firmwareDigest OCTET STRING (32) }:
// what a device's CSR binds its new key to.
import { type DerReader, malformed, Tag } from "../der.ts";
import { type Asn1, octetString, sequence } from "../der-writer.ts";

export interface Birth {
  /** The station's, 32 bytes. */
  readonly nonce: Uint8Array;
  /** 8 bytes. */
  readonly chipId: Uint8Array;
  /** Manifest digest of the running slot, 32 bytes. */
  readonly firmwareDigest: Uint8Array;
}

export function birth({ nonce, chipId, firmwareDigest }: Birth): Asn1 {
  return sequence(octetString(nonce), octetString(chipId), octetString(firmwareDigest));
}

export function readBirth(reader: DerReader): Birth {
  return reader.within(Tag.sequence, (inner) => ({
    nonce: sized(inner, 32),
    chipId: sized(inner, 8),
    firmwareDigest: sized(inner, 32),
  }));
}

function sized(reader: DerReader, length: number): Uint8Array {
  const value = reader.octetString();
  if (value.length !== length) throw malformed(`OCTET STRING of ${length} bytes expected`);
  return value;
}
