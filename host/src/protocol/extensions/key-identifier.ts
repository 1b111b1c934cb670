// SPDX-License-Identifier: Apache-2.0
// SubjectKeyIdentifier and AuthorityKeyIdentifier (RFC 5280 §4.2.1.1, §4.2.1.2), the latter with keyIdentifier alone.
import { TouchmarkError } from "../../errors.ts";
import { contextTag, type DerReader, Tag } from "../der.ts";
import { type Asn1, contextBytes, octetString, sequence } from "../der-writer.ts";

const KEY_IDENTIFIER_BYTES = 20;

export const subjectKeyIdentifier = (id: Uint8Array): Asn1 => octetString(id);
export function readSubjectKeyIdentifier(reader: DerReader): Uint8Array {
  const id = reader.octetString();
  reader.end();
  return sized(id);
}

export const authorityKeyIdentifier = (id: Uint8Array): Asn1 => sequence(contextBytes(0, id));
export const readAuthorityKeyIdentifier = (reader: DerReader): Uint8Array =>
  sized(reader.within(Tag.sequence, (inner) => inner.contents(contextTag(0))));

function sized(id: Uint8Array): Uint8Array {
  if (id.length !== KEY_IDENTIFIER_BYTES)
    throw new TouchmarkError("CERT_PROFILE", { data: { what: "key identifier" } });
  return id;
}
