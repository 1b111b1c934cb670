// SPDX-License-Identifier: Apache-2.0
// ExtKeyUsageSyntax (RFC 5280 §4.2.1.12): purposes as object identifiers' contents octets.
import { type DerReader, malformed, Tag } from "../der.ts";
import { type Asn1, oid, sequence } from "../der-writer.ts";

const PURPOSES_MAX = 8;

export const extendedKeyUsage = (purposes: readonly string[]): Asn1 => sequence(...purposes.map(oid));

export function readExtendedKeyUsage(reader: DerReader): readonly string[] {
  const purposes = reader.list(Tag.sequence, PURPOSES_MAX, (inner) => inner.oid());
  if (purposes.length === 0) throw malformed("SEQUENCE SIZE (1..MAX)");
  return purposes;
}
