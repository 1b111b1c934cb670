// SPDX-License-Identifier: Apache-2.0
// Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING } (RFC 5280 §4.1).
import { TouchmarkError } from "../../errors.ts";
import { equalBytes } from "../bytes.ts";
import { type DerReader, malformed, readDer, Tag } from "../der.ts";
import { type Asn1, boolean, encodeDer, octetString, oid, sequence } from "../der-writer.ts";

export interface Extension {
  /** Contents octets of the object identifier, lower hexadecimal. */
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the extension's own type. */
  readonly value: Uint8Array;
}

const EXTENSIONS_MAX = 16;

export function extensions(list: readonly Extension[]): Asn1 {
  return sequence(
    ...list.map(({ oid: id, critical, value }) =>
      sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value)),
    ),
  );
}

/** @throws DER_MALFORMED; CERT_PROFILE for none, more than 16, or one twice */
export function readExtensions(reader: DerReader): Extension[] {
  return reader.only(Tag.sequence, (inner) => {
    const list: Extension[] = [];
    while (inner.tag !== undefined) {
      const extension = inner.within(Tag.sequence, readExtension);
      if (list.length === EXTENSIONS_MAX || list.some(({ oid: id }) => id === extension.oid))
        throw new TouchmarkError("CERT_PROFILE", { data: { what: "extensions", oid: extension.oid } });
      list.push(extension);
    }
    if (list.length === 0) throw malformed("SEQUENCE SIZE (1..MAX)");
    return list;
  });
}

/** One extension's type: how it is named, written and read. */
export interface ExtensionType<T> {
  readonly oid: string;
  readonly critical: boolean;
  readonly write: (value: T) => Asn1;
  readonly read: (reader: DerReader) => T;
}

export function toExtension<T>({ oid: id, critical, write }: ExtensionType<T>, value: T): Extension {
  return { oid: id, critical, value: encodeDer(write(value)) };
}

/** The value, in the one form it can have. @throws DER_MALFORMED; CERT_PROFILE for the other criticality */
export function fromExtension<T>(type: ExtensionType<T>, extension: Extension): T {
  if (extension.critical !== type.critical)
    throw new TouchmarkError("CERT_PROFILE", { data: { what: "criticality", oid: extension.oid } });
  const value = readDer(extension.value, type.read);
  if (!equalBytes(encodeDer(type.write(value)), extension.value)) throw malformed("extension re-encodes otherwise");
  return value;
}

function readExtension(reader: DerReader): Extension {
  const id = reader.oid();
  const critical = reader.tag === Tag.boolean;
  if (critical && !reader.boolean()) throw malformed("DEFAULT written out");
  return { oid: id, critical, value: reader.octetString() };
}
