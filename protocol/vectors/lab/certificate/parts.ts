// SPDX-License-Identifier: Apache-2.0
// Certificates that can be spoiled anywhere and are then signed with FAKE keys: for vectors.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { keccak_256 } from "@noble/hashes/sha3.js";
import * as secp256k1 from "@noble/secp256k1";
import { oids } from "../../../../host/src/protocol/generated.ts";
import { signDigest } from "../../../../host/src/protocol/secp256k1.ts";
import { bits, boolean, hex, join, octets, oid, sequence, set, text, tlv, unsigned } from "../der.ts";

interface FakeKey {
  readonly name: string;
  readonly publicKey: string;
  readonly secret: string;
}

const fakeKeys = JSON.parse(
  readFileSync(new URL("../../../../certs/fake/keys.json", import.meta.url), "utf8"),
) as readonly FakeKey[];

export function fakeKey(name: string): FakeKey {
  const key = fakeKeys.find((candidate) => candidate.name === name);
  if (!key) throw new RangeError(name);
  return key;
}

export const CHAIN_ID = 31_337n;
export const MANUFACTURER_ID = 7n;
/** 2026-06-01T00:00:00Z. */
export const BORN = 1_780_272_000;

export interface NamedExtension {
  readonly name: string;
  /** The whole Extension. */
  readonly der: Uint8Array;
}

/** Every part of a certificate, encoded; `undefined` leaves one out. */
export interface Parts {
  readonly version: Uint8Array | undefined;
  readonly serialNumber: Uint8Array;
  readonly innerAlgorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly validity: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: Uint8Array;
  /** Between the key and the extensions: unique identifiers. */
  readonly between: Uint8Array;
  readonly extensions: readonly NamedExtension[] | undefined;
  readonly outerAlgorithm: Uint8Array;
  /** Name of the FAKE key that signs. */
  readonly signedBy: string;
  /** Wraps the TBSCertificate's contents. */
  readonly wrap: (contents: Uint8Array) => Uint8Array;
  /** Ecdsa-Sig-Value from r ‖ s. */
  readonly signature: (signature: Uint8Array) => Uint8Array;
  /** The last touch. */
  readonly finish: (der: Uint8Array) => Uint8Array;
}

export const ecdsaWithSha256 = (): Uint8Array => sequence(oid(oids.ecdsaWithSha256.contents));
export const secp256k1Algorithm = (): Uint8Array =>
  sequence(oid(oids.ecPublicKey.contents), oid(oids.secp256k1.contents));
export const point = (name: string): Uint8Array =>
  secp256k1.Point.fromBytes(hex(fakeKey(name).publicKey)).toBytes(false);
export const keyInfo = (contents: Uint8Array): Uint8Array => sequence(secp256k1Algorithm(), bits(0, contents));
export const keyId = (name: string): Uint8Array =>
  Uint8Array.from(createHash("sha256").update(point(name)).digest().subarray(0, 20));
export const address = (name: string): string =>
  `0x${Buffer.from(keccak_256(point(name).subarray(1)).subarray(12)).toString("hex")}`;

type Attribute = "organizationName" | "commonName" | "serialNumber";

export const attribute = (type: Attribute, value: string, tag = type === "serialNumber" ? 0x13 : 0x0c): Uint8Array =>
  set(sequence(oid(oids[type].contents), text(tag, value)));
export const name = (type: Attribute, value: string): Uint8Array =>
  sequence(attribute("organizationName", "FAKE Maker"), attribute(type, value));
export const times = (from: string, to: string): Uint8Array => sequence(time(from), time(to));
/** UTCTime for 13 characters, GeneralizedTime otherwise. */
export const time = (value: string): Uint8Array => text(value.length === 13 ? 0x17 : 0x18, value);

export function extension(id: keyof typeof oids, critical: boolean, value: Uint8Array): NamedExtension {
  return { name: id, der: sequence(oid(oids[id].contents), ...(critical ? [boolean(0xff)] : []), octets(value)) };
}

export const manufacturer = (chainId = CHAIN_ID, id = MANUFACTURER_ID, model?: string): Uint8Array =>
  sequence(unsigned(chainId), unsigned(id), ...(model === undefined ? [] : [text(0x0c, model)]));
export const uri = (value: string): Uint8Array => sequence(text(0x86, value));
export const keyIds = (subject: string, issuer: string): NamedExtension[] => [
  extension("subjectKeyIdentifier", false, octets(keyId(subject))),
  extension("authorityKeyIdentifier", false, sequence(tlv(0x80, keyId(issuer)))),
];
export const basicConstraints = (...contents: readonly Uint8Array[]): NamedExtension =>
  extension("basicConstraints", true, sequence(...contents));
export const keyUsage = (unused: number, ...bytes: readonly number[]): NamedExtension =>
  extension("keyUsage", true, bits(unused, Uint8Array.from(bytes)));

const common = {
  version: tlv(0xa0, unsigned(2n)),
  innerAlgorithm: ecdsaWithSha256(),
  between: new Uint8Array(),
  outerAlgorithm: ecdsaWithSha256(),
  wrap: (contents: Uint8Array) => sequence(contents),
  signature: (signature: Uint8Array) =>
    sequence(
      ...[0, 32].map((at) => unsigned(BigInt(`0x${Buffer.from(signature.subarray(at, at + 32)).toString("hex")}`))),
    ),
  finish: (der: Uint8Array) => der,
};

const rootName = name("commonName", "FAKE root");
const lineName = name("commonName", "FAKE station 1");

/** Serial numbers count up from here; any 8 positive bytes do for a vector. */
const serial = (last: number): Uint8Array => unsigned(0x4100_0000_0000_0000n + BigInt(last));

export const rootParts: Parts = {
  ...common,
  serialNumber: serial(1),
  issuer: rootName,
  validity: times("260601000000Z", "20650101000000Z"),
  subject: rootName,
  key: keyInfo(point("root")),
  extensions: [
    basicConstraints(boolean(0xff), unsigned(1n)),
    keyUsage(1, 0x06),
    extension("touchmarkManufacturer", false, manufacturer()),
    ...keyIds("root", "root"),
  ],
  signedBy: "root",
};

export const lineParts: Parts = {
  ...common,
  serialNumber: serial(2),
  issuer: rootName,
  validity: times("260601000000Z", "260830000000Z"),
  subject: lineName,
  key: keyInfo(point("line")),
  extensions: [
    basicConstraints(boolean(0xff), unsigned(0n)),
    keyUsage(2, 0x04),
    extension("touchmarkManufacturer", false, manufacturer()),
    extension("touchmarkUnits", false, unsigned(500n)),
    ...keyIds("line", "root"),
  ],
  signedBy: "root",
};

export const deviceParts: Parts = {
  ...common,
  serialNumber: serial(3),
  issuer: lineName,
  validity: times("260602000000Z", "99991231235959Z"),
  subject: name("serialNumber", "FAKE-0001"),
  key: keyInfo(point("device")),
  extensions: [
    basicConstraints(),
    keyUsage(7, 0x80),
    extension("touchmarkManufacturer", false, manufacturer(CHAIN_ID, MANUFACTURER_ID, "tm-1")),
    extension("subjectAltName", false, uri(`ethereum:${address("device")}@${CHAIN_ID}`)),
    ...keyIds("device", "line"),
  ],
  signedBy: "line",
};

export const otaParts: Parts = {
  ...common,
  serialNumber: serial(4),
  issuer: rootName,
  validity: times("260601000000Z", "270601000000Z"),
  subject: name("commonName", "FAKE releases"),
  key: keyInfo(point("ota")),
  extensions: [
    basicConstraints(),
    keyUsage(7, 0x80),
    extension("extendedKeyUsage", true, sequence(oid(oids.touchmarkOtaPurpose.contents))),
    extension("touchmarkManufacturer", false, manufacturer()),
    ...keyIds("ota", "root"),
  ],
  signedBy: "root",
};

export function certificate(parts: Parts): Uint8Array {
  const list = parts.extensions?.map(({ der }) => der);
  const tbs = parts.wrap(
    join(
      parts.version ?? new Uint8Array(),
      parts.serialNumber,
      parts.innerAlgorithm,
      parts.issuer,
      parts.validity,
      parts.subject,
      parts.key,
      parts.between,
      list ? tlv(0xa3, sequence(...list)) : new Uint8Array(),
    ),
  );
  const digest = Uint8Array.from(createHash("sha256").update(tbs).digest());
  const signature = parts.signature(signDigest(digest, hex(fakeKey(parts.signedBy).secret)));
  return parts.finish(sequence(tbs, parts.outerAlgorithm, bits(0, signature)));
}
