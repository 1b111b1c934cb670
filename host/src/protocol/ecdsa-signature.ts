// SPDX-License-Identifier: Apache-2.0
// Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 §2.2.3), both ways from r ‖ s.
import { TouchmarkError } from "../errors.ts";
import { toHex } from "./bytes.ts";
import { type DerReader, readDer, Tag } from "./der.ts";
import { encodeDer, integer, sequence } from "./der-writer.ts";

/** @param signature r ‖ s, 64 bytes */
export function encodeEcdsaSignature(signature: Uint8Array): Uint8Array {
  const half = (start: number): bigint => BigInt(`0x${toHex(signature.subarray(start, start + 32))}`);
  return encodeDer(sequence(integer(half(0)), integer(half(32))));
}

/** r ‖ s, 64 bytes; no judgement on high s. @throws DER_MALFORMED, SIGNATURE_RANGE for negative or above 256 bits. */
export function decodeEcdsaSignature(der: Uint8Array): Uint8Array {
  return readDer(der, (reader) =>
    reader.only(Tag.sequence, (inner) => Uint8Array.of(...scalar(inner), ...scalar(inner))),
  );
}

function scalar(reader: DerReader): Uint8Array {
  const contents = reader.integer();
  const magnitude = contents[0] === 0 ? contents.subarray(1) : contents;
  if ((contents[0] ?? 0) >= 0x80 || magnitude.length > 32) throw new TouchmarkError("SIGNATURE_RANGE");
  const bytes = new Uint8Array(32);
  bytes.set(magnitude, 32 - magnitude.length);
  return bytes;
}
