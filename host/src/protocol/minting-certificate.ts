// SPDX-License-Identifier: Apache-2.0
// What a manufacturer publishes of a unit's birth: the minting record, the salt of its hash, and the certificates that it
// is judged by. No IMEI and no salt of one. protocol/minting-record.md.
import { encode } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { limits } from "./generated.ts";

export interface MintingCertificate {
  /** As its line signed it. */
  readonly record: Uint8Array;
  /** Of `mintingRecordHash`, 32 bytes. */
  readonly salt: Uint8Array;
  /** DER. */
  readonly device: Uint8Array;
  readonly line: Uint8Array;
}

export function encodeMintingCertificate({ record, salt, device, line }: MintingCertificate): Uint8Array {
  return encode([record, salt, device, line]);
}

/** @throws MINTING_MALFORMED */
export function decodeMintingCertificate(bytes: Uint8Array): MintingCertificate {
  const item = CborFields.open(bytes, "MINTING_MALFORMED").array(4, 4);
  return {
    record: item.bytes(1, limits.mintingRecordBytes),
    salt: item.bytes(32),
    device: item.bytes(1, limits.certificateBytes),
    line: item.bytes(1, limits.certificateBytes),
  };
}
