// SPDX-License-Identifier: Apache-2.0
// Name (RFC 5280 §4.1.2.4) of RDNs of one attribute each: UTF8String, for serialNumber PrintableString (§A.1).
import { TouchmarkError } from "../errors.ts";
import { DerReader, Tag } from "./der.ts";
import { type Asn1, encodeDer, oid, printableString, sequence, set, utf8String } from "./der-writer.ts";
import { oids } from "./generated.ts";

const types = ["organizationName", "commonName", "serialNumber"] as const;

export type NameAttributeType = (typeof types)[number];

export interface NameAttribute {
  readonly type: NameAttributeType;
  /** 1..64 bytes (RFC 5280 §A.1: ub-organization-name, ub-common-name, ub-serial-number). */
  readonly value: string;
}

export type DistinguishedName = readonly NameAttribute[];

const VALUE_BYTES_MAX = 64;

export function distinguishedName(name: DistinguishedName): Asn1 {
  return sequence(
    ...name.map(({ type, value }) => set(sequence(oid(oids[type].contents), attributeValue(type, value)))),
  );
}

export function encodeDistinguishedName(name: DistinguishedName): Uint8Array {
  return encodeDer(distinguishedName(name));
}

/**
 * A name of this many RDNs; of two, the organization stands first and alone, as the device reads it before anything else
 * of the certificate.
 * @throws DER_MALFORMED; CERT_PROFILE for more or fewer, or another attribute, order, string type or length
 */
export function readDistinguishedName(reader: DerReader, count: 1 | 2): DistinguishedName {
  const rdns = new DerReader(reader.contents(Tag.sequence));
  const attributes = Array.from({ length: count }, () => {
    if (rdns.tag === undefined) throw outside("too few");
    return rdns.within(Tag.set, (rdn) => rdn.within(Tag.sequence, readAttribute));
  });
  if (rdns.tag !== undefined) throw outside("too many");
  const name = attributes.map(({ oid: contents, value }) => {
    const type = types.find((known) => oids[known].contents === contents);
    if (type === undefined) throw outside(contents);
    return { type, value };
  });
  const ordered = name.every(({ type }, at) => (type === "organizationName") === (at === 0));
  if (count === 2 && !ordered) throw outside("order");
  return name;
}

/** Value of an attribute; undefined where the name has none. */
export function nameValue(name: DistinguishedName, type: NameAttributeType): string | undefined {
  return name.find((attribute) => attribute.type === type)?.value;
}

/** RFC 4514's order and look, for people: "CN=…,O=…". */
export function formatDistinguishedName(name: DistinguishedName): string {
  const short = { organizationName: "O", commonName: "CN", serialNumber: "serialNumber" };
  return name
    .toReversed()
    .map(({ type, value }) => `${short[type]}=${value.replaceAll(/[,+"\\<>;=]/g, String.raw`\$&`)}`)
    .join(",");
}

function attributeValue(type: NameAttributeType, value: string): Asn1 {
  return type === "serialNumber" ? printableString(value) : utf8String(value);
}

function readAttribute(reader: DerReader): { readonly oid: string; readonly value: string } {
  const contents = reader.oid();
  const tag = contents === oids.serialNumber.contents ? Tag.printableString : Tag.utf8String;
  if (reader.tag !== tag) throw outside(contents);
  const value = reader.text(tag);
  const length = Buffer.byteLength(value);
  if (length < 1 || length > VALUE_BYTES_MAX) throw outside(contents);
  return { oid: contents, value };
}

function outside(attribute: string): TouchmarkError {
  return new TouchmarkError("CERT_PROFILE", { data: { what: "name", attribute } });
}
