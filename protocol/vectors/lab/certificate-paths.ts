// SPDX-License-Identifier: Apache-2.0
// `node protocol/vectors/lab/certificate-paths.ts` writes protocol/vectors/certificates: paths that verify and paths
// that must not, each spoiled in one place.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { oids } from "../../../host/src/protocol/generated.ts";
import * as lab from "./certificate.ts";
import {
  certificate,
  deviceParts,
  extension,
  lineParts,
  otaParts,
  type Parts,
  rootParts,
  withExtension,
} from "./certificate.ts";
import {
  bits,
  boolean,
  hex,
  integer,
  join,
  octets,
  oid,
  sequence,
  set,
  text,
  tlv,
  tlvIndefinite,
  tlvLong,
  unsigned,
} from "./der.ts";

export interface CertificateVector {
  readonly id: string;
  /** Fault ids of the threat model that it shows. */
  readonly faults: readonly string[];
  readonly title: string;
  readonly path: "device" | "ota";
  /** DER in hexadecimal, leaf first. */
  readonly certificates: readonly string[];
  /** SHA-256 of the root that the verifier is pinned to. */
  readonly rootHash: string;
  /** Unix seconds; absent: no validity is judged against a clock. */
  readonly at?: number;
  readonly expect: string;
}

interface Case {
  readonly title: string;
  readonly faults?: readonly string[];
  readonly expect: string;
  readonly at?: number;
}

type Change = Partial<Parts> | ((parts: Parts) => Parts);

const pinned = certificate(rootParts);
const rootHash = createHash("sha256").update(pinned).digest("hex");
const apply = (parts: Parts, change: Change): Parts =>
  typeof change === "function" ? change(parts) : { ...parts, ...change };

function vector(id: string, path: "device" | "ota", ders: readonly Uint8Array[], given: Case): CertificateVector {
  const { title, faults = [], expect, at } = given;
  const certificates = ders.map((der) => Buffer.from(der).toString("hex"));
  return { id, faults, title, path, certificates, rootHash, ...(at !== undefined && { at }), expect };
}

/** A path whose leaf is spoiled: most checks are the same for every certificate, and the OTA path is the shorter. */
const ota = (id: string, expect: string, title: string, change: Change, more: Partial<Case> = {}): CertificateVector =>
  vector(id, "ota", [certificate(apply(otaParts, change)), pinned], { title, expect, ...more });
const device = (
  id: string,
  expect: string,
  title: string,
  change: Change,
  more: Partial<Case> = {},
): CertificateVector =>
  vector(id, "device", [certificate(apply(deviceParts, change)), certificate(lineParts), pinned], {
    title,
    expect,
    ...more,
  });
const line = (id: string, expect: string, title: string, change: Change, more: Partial<Case> = {}): CertificateVector =>
  vector(id, "device", [certificate(deviceParts), certificate(apply(lineParts, change)), pinned], {
    title,
    expect,
    ...more,
  });
/** A spoiled root, pinned nevertheless. */
function root(id: string, expect: string, title: string, change: Change, more: Partial<Case> = {}): CertificateVector {
  const der = certificate(apply(rootParts, change));
  const base = vector(id, "ota", [certificate(otaParts), der], { title, expect, ...more });
  return { ...base, rootHash: createHash("sha256").update(der).digest("hex") };
}

const extensionOf = (parts: Parts, name: string): Uint8Array =>
  parts.extensions?.find((one) => one.name === name)?.der ?? new Uint8Array();
const unknown = (id: string, critical: boolean) => ({
  name: id,
  der: sequence(oid(id), ...(critical ? [boolean(0xff)] : []), octets(sequence())),
});
const OTHER_ARC = "2b0601040183b92a01"; // 1.3.6.1.4.1.56490.1: an enterprise's
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const value = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const rs = (change: (r: bigint, s: bigint) => readonly [bigint, bigint]) => (signature: Uint8Array) =>
  sequence(...change(value(signature.subarray(0, 32)), value(signature.subarray(32))).map(unsigned));
const DEVICE_URI = `ethereum:${lab.address("device")}@${lab.CHAIN_ID}`;

const accepted: readonly CertificateVector[] = [
  device("device", "ok", "device, line, root", {}),
  ota("ota", "ok", "OTA signer under the root", {}, { at: lab.BORN }),
  ota(
    "ota-last-second",
    "ok",
    "the last second of the validity belongs to it",
    {},
    { faults: ["B6"], at: 1_811_808_000 },
  ),
  ota("leaf-without-basic-constraints", "ok", "a leaf may leave basicConstraints out", (parts) =>
    withExtension(parts, "basicConstraints"),
  ),
  ota("extensions-reversed", "ok", "extensions in any order", (parts) => ({
    ...parts,
    extensions: parts.extensions?.toReversed(),
  })),
  ota("unknown-extension", "ok", "an unknown extension that is not critical", (parts) =>
    withExtension(parts, "-", unknown(OTHER_ARC, false)),
  ),
  root("root-without-aki", "ok", "a root may leave authorityKeyIdentifier out", (parts) =>
    withExtension(parts, "authorityKeyIdentifier"),
  ),
  ota("serial-8-bytes", "ok", "the shortest serial number", { serialNumber: integer("4100000000000001") }),
  ota("serial-20-bytes", "ok", "the longest serial number", { serialNumber: integer(`7f${"ff".repeat(19)}`) }),
];

const form: readonly CertificateVector[] = [
  ota(
    "trailing-byte",
    "DER_MALFORMED",
    "a byte after the certificate",
    { finish: (der) => join(der, hex("00")) },
    { faults: ["B9"] },
  ),
  ota("cut", "DER_MALFORMED", "the last byte is missing", { finish: (der) => der.subarray(0, -1) }, { faults: ["B9"] }),
  ota(
    "length-long-form",
    "DER_MALFORMED",
    "a length in more bytes than it needs",
    { validity: tlvLong(0x30, 1, lab.time("260601000000Z"), lab.time("270601000000Z")) },
    { faults: ["B9"] },
  ),
  ota(
    "length-indefinite",
    "DER_MALFORMED",
    "an indefinite length",
    { wrap: (contents) => tlvIndefinite(0x30, contents) },
    { faults: ["B9"] },
  ),
  ota(
    "length-beyond",
    "DER_MALFORMED",
    "a length beyond the end",
    { finish: (der) => Uint8Array.from(der, (byte, at) => (at === 3 ? byte + 1 : byte)) },
    { faults: ["B9"] },
  ),
  ota(
    "tbs-left-over",
    "DER_MALFORMED",
    "an element after the extensions",
    { wrap: (contents) => sequence(contents, tlv(0x05)) },
    { faults: ["B9"] },
  ),
  ota(
    "serial-padded",
    "DER_MALFORMED",
    "a serial number with a byte of padding",
    { serialNumber: integer("004100000000000001") },
    { faults: ["B5", "B9"] },
  ),
  ota(
    "oid-padded",
    "DER_MALFORMED",
    "an object identifier with a padded arc",
    (parts) => withExtension(parts, "-", { name: "-", der: sequence(oid("2b0680010401"), octets(sequence())) }),
    { faults: ["B9"] },
  ),
  ota(
    "oid-cut",
    "DER_MALFORMED",
    "an object identifier that ends within an arc",
    (parts) => withExtension(parts, "-", { name: "-", der: sequence(oid("2b0681"), octets(sequence())) }),
    { faults: ["B9"] },
  ),
  ota(
    "boolean-one",
    "DER_MALFORMED",
    "TRUE written as 01",
    (parts) =>
      withExtension(parts, "keyUsage", {
        name: "keyUsage",
        der: sequence(oid(oids.keyUsage.contents), boolean(0x01), octets(bits(7, hex("80")))),
      }),
    { faults: ["B9"] },
  ),
  ota(
    "critical-false-written",
    "DER_MALFORMED",
    "the DEFAULT critical FALSE written out",
    (parts) =>
      withExtension(parts, "touchmarkManufacturer", {
        name: "m",
        der: sequence(oid(oids.touchmarkManufacturer.contents), boolean(0x00), octets(lab.manufacturer())),
      }),
    { faults: ["B9"] },
  ),
  ota(
    "ca-false-written",
    "DER_MALFORMED",
    "the DEFAULT cA FALSE written out",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0x00))),
    { faults: ["B9"] },
  ),
  ota(
    "key-usage-padded",
    "DER_MALFORMED",
    "a named bit list with trailing zero bits",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(0, 0x80)),
    { faults: ["B9"] },
  ),
  ota(
    "key-usage-unused-set",
    "DER_MALFORMED",
    "an unused bit of a BIT STRING set",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(7, 0x81)),
    { faults: ["B9"] },
  ),
  ota(
    "time-no-date",
    "DER_MALFORMED",
    "the 31st of February",
    { validity: lab.times("260231000000Z", "270601000000Z") },
    { faults: ["B9"] },
  ),
  ota(
    "time-without-seconds",
    "DER_MALFORMED",
    "UTCTime without seconds",
    { validity: sequence(text(0x17, "2606010000Z"), lab.time("270601000000Z")) },
    { faults: ["B9"] },
  ),
  ota(
    "time-with-zone",
    "DER_MALFORMED",
    "UTCTime with an offset",
    { validity: sequence(text(0x17, "260601000000+0000"), lab.time("270601000000Z")) },
    { faults: ["B9"] },
  ),
  ota(
    "time-fraction",
    "DER_MALFORMED",
    "GeneralizedTime with a fraction",
    { validity: sequence(lab.time("260601000000Z"), text(0x18, "20510101000000.5Z")) },
    { faults: ["B9"] },
  ),
  ota(
    "time-general-early",
    "CERT_PROFILE",
    "GeneralizedTime before 2050",
    { validity: sequence(text(0x18, "20260601000000Z"), lab.time("270601000000Z")) },
    { faults: ["B9"] },
  ),
  ota(
    "validity-reversed",
    "CERT_PROFILE",
    "notAfter before notBefore",
    { validity: lab.times("270601000000Z", "260601000000Z") },
    { faults: ["B6"] },
  ),
  ota("version-1", "CERT_PROFILE", "version 1: no version field", { version: undefined }, { faults: ["B2"] }),
  ota("version-2", "CERT_PROFILE", "version 2", { version: tlv(0xa0, unsigned(1n)) }, { faults: ["B2"] }),
  ota(
    "unique-identifier",
    "CERT_PROFILE",
    "an issuerUniqueID",
    { between: tlv(0x81, hex("00ff")) },
    { faults: ["B2"] },
  ),
  ota("no-extensions", "CERT_PROFILE", "no extensions", { extensions: undefined }, { faults: ["B2"] }),
  ota(
    "too-long",
    "CERT_PROFILE",
    "1,025 bytes and more",
    (parts) =>
      withExtension(parts, "-", { name: "-", der: sequence(oid(OTHER_ARC), octets(octets(new Uint8Array(700)))) }),
    { faults: ["B11"] },
  ),
  ota("serial-zero", "CERT_SERIAL", "serial number zero", { serialNumber: integer("00") }, { faults: ["B5"] }),
  ota(
    "serial-negative",
    "CERT_SERIAL",
    "a negative serial number",
    { serialNumber: integer("c100000000000001") },
    { faults: ["B5"] },
  ),
  ota(
    "serial-short",
    "CERT_SERIAL",
    "a serial number of 7 bytes",
    { serialNumber: integer("41000000000001") },
    { faults: ["B5"] },
  ),
  ota(
    "serial-long",
    "CERT_SERIAL",
    "a serial number of 21 bytes",
    { serialNumber: integer(`41${"00".repeat(20)}`) },
    { faults: ["B5"] },
  ),
];

const P = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
const explicitCurve = sequence(
  oid(oids.ecPublicKey.contents),
  sequence(
    unsigned(1n),
    sequence(oid("2a8648ce3d0101"), integer(`00${P}`)),
    sequence(octets(new Uint8Array(32)), octets(hex("07".padStart(64, "0")))),
    octets(hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")),
    unsigned(ORDER),
    unsigned(1n),
  ),
);
const otaPoint = lab.point("ota");

const keys: readonly CertificateVector[] = [
  ota(
    "curve-p256",
    "CERT_ALGORITHM",
    "a key of another curve",
    { key: sequence(sequence(oid(oids.ecPublicKey.contents), oid("2a8648ce3d030107")), bits(0, otaPoint)) },
    { faults: ["B8"] },
  ),
  ota(
    "curve-explicit",
    "CERT_ALGORITHM",
    "secp256k1 as explicit parameters",
    { key: sequence(explicitCurve, bits(0, otaPoint)) },
    { faults: ["B8"] },
  ),
  ota(
    "key-rsa",
    "CERT_ALGORITHM",
    "an RSA key",
    { key: sequence(sequence(oid("2a864886f70d010101"), tlv(0x05)), bits(0, sequence(unsigned(15n), unsigned(3n)))) },
    { faults: ["B8"] },
  ),
  ota(
    "point-compressed",
    "PUBLIC_KEY_INVALID",
    "a compressed point",
    { key: lab.keyInfo(hex(lab.fakeKey("ota").publicKey)) },
    { faults: ["B13"] },
  ),
  ota(
    "point-hybrid",
    "PUBLIC_KEY_INVALID",
    "a hybrid point",
    { key: lab.keyInfo(Uint8Array.from(otaPoint, (byte, at) => (at === 0 ? 6 + ((otaPoint[64] ?? 0) & 1) : byte))) },
    { faults: ["B13"] },
  ),
  ota(
    "point-infinity",
    "PUBLIC_KEY_INVALID",
    "the point at infinity",
    { key: lab.keyInfo(hex("00")) },
    { faults: ["B13"] },
  ),
  ota(
    "point-off-curve",
    "PUBLIC_KEY_INVALID",
    "a point off the curve",
    { key: lab.keyInfo(Uint8Array.from(otaPoint, (byte, at) => (at === 64 ? byte ^ 1 : byte))) },
    { faults: ["B13"] },
  ),
  ota(
    "point-x-above-p",
    "PUBLIC_KEY_INVALID",
    "x not below the field's prime",
    { key: lab.keyInfo(hex(`04${P}${"00".repeat(31)}07`)) },
    { faults: ["B13"] },
  ),
  ota(
    "inner-algorithm",
    "CERT_ALGORITHM",
    "another algorithm inside than outside",
    { innerAlgorithm: sequence(oid("2a8648ce3d040303")) },
    { faults: ["B10"] },
  ),
  ota(
    "outer-algorithm",
    "CERT_ALGORITHM",
    "another algorithm outside than inside",
    { outerAlgorithm: sequence(oid("2a8648ce3d040303")) },
    { faults: ["B10"] },
  ),
  ota(
    "algorithm-null",
    "CERT_ALGORITHM",
    "parameters NULL instead of absent",
    {
      innerAlgorithm: sequence(oid(oids.ecdsaWithSha256.contents), tlv(0x05)),
      outerAlgorithm: sequence(oid(oids.ecdsaWithSha256.contents), tlv(0x05)),
    },
    { faults: ["B10"] },
  ),
];

const signatures: readonly CertificateVector[] = [
  ota(
    "signature-other-key",
    "CERT_SIGNATURE",
    "signed by another root's key",
    { signedBy: "other-root" },
    { faults: ["B14"] },
  ),
  ota("signature-own-key", "CERT_SIGNATURE", "signed by its own key", { signedBy: "ota" }, { faults: ["B14"] }),
  ota(
    "body-altered",
    "CERT_SIGNATURE",
    "one bit of the body changed after signing",
    { finish: (der) => Uint8Array.from(der, (byte, at) => (at === 20 ? byte ^ 1 : byte)) },
    { faults: ["B14"] },
  ),
  ota(
    "high-s",
    "SIGNATURE_HIGH_S",
    "n − s in the place of s",
    { signature: rs((r, s) => [r, ORDER - s]) },
    { faults: ["B14"] },
  ),
  ota("r-zero", "SIGNATURE_RANGE", "r = 0", { signature: rs((_, s) => [0n, s]) }, { faults: ["B14"] }),
  ota("s-zero", "SIGNATURE_RANGE", "s = 0", { signature: rs((r) => [r, 0n]) }, { faults: ["B14"] }),
  ota("r-order", "SIGNATURE_RANGE", "r = n", { signature: rs((_, s) => [ORDER, s]) }, { faults: ["B14"] }),
  ota("s-order", "SIGNATURE_RANGE", "s = n", { signature: rs((r) => [r, ORDER]) }, { faults: ["B14"] }),
  ota(
    "r-257-bits",
    "SIGNATURE_RANGE",
    "r + n, of 257 bits",
    { signature: rs((r, s) => [r + ORDER + 2n ** 256n, s]) },
    { faults: ["B14"] },
  ),
  ota(
    "r-negative",
    "SIGNATURE_RANGE",
    "a negative r",
    { signature: (signature) => sequence(integer("ff00"), unsigned(value(signature.subarray(32)))) },
    { faults: ["B14"] },
  ),
  ota(
    "signature-raw",
    "DER_MALFORMED",
    "r ‖ s without DER",
    { signature: (signature) => signature },
    { faults: ["B14"] },
  ),
  ota(
    "signature-padded",
    "DER_MALFORMED",
    "r with a byte of padding",
    {
      signature: (signature) =>
        sequence(
          integer(`0000${Buffer.from(signature.subarray(0, 32)).toString("hex")}`),
          unsigned(value(signature.subarray(32))),
        ),
    },
    { faults: ["B9", "B14"] },
  ),
  ota(
    "signature-left-over",
    "DER_MALFORMED",
    "a third number behind r and s",
    {
      signature: (signature) =>
        sequence(unsigned(value(signature.subarray(0, 32))), unsigned(value(signature.subarray(32))), unsigned(1n)),
    },
    { faults: ["B9", "B14"] },
  ),
  root(
    "root-not-by-itself",
    "CERT_SIGNATURE",
    "a root that another key signed",
    { signedBy: "other-root" },
    { faults: ["B14"] },
  ),
];

const longName = sequence(lab.attribute("organizationName", "FAKE Maker"), lab.attribute("commonName", "x".repeat(65)));

const profile: readonly CertificateVector[] = [
  ota(
    "unknown-critical",
    "CERT_CRITICAL_EXTENSION",
    "an unknown critical extension",
    (parts) => withExtension(parts, "-", unknown(OTHER_ARC, true)),
    { faults: ["B7"] },
  ),
  line(
    "name-constraints-critical",
    "CERT_CRITICAL_EXTENSION",
    "critical name constraints",
    (parts) =>
      withExtension(parts, "-", {
        name: "-",
        der: sequence(oid("551d1e"), boolean(0xff), octets(sequence(tlv(0xa0, sequence(text(0x86, "example.com")))))),
      }),
    { faults: ["B4"] },
  ),
  line(
    "name-constraints",
    "CERT_PROFILE",
    "name constraints that are not critical",
    (parts) =>
      withExtension(parts, "-", {
        name: "-",
        der: sequence(oid("551d1e"), octets(sequence(tlv(0xa0, sequence(text(0x86, "example.com")))))),
      }),
    { faults: ["B4"] },
  ),
  ota(
    "pkix-extension",
    "CERT_PROFILE",
    "an unnamed extension of PKIX's private arc",
    (parts) => withExtension(parts, "-", unknown("2b06010505070101", false)),
    { faults: ["B7"] },
  ),
  ota(
    "extension-twice",
    "CERT_PROFILE",
    "one extension twice",
    (parts) => ({
      ...parts,
      extensions: [...(parts.extensions ?? []), { name: "-", der: extensionOf(parts, "keyUsage") }],
    }),
    { faults: ["B7"] },
  ),
  ota(
    "unknown-twice",
    "CERT_PROFILE",
    "an unknown extension twice",
    (parts) => ({
      ...parts,
      extensions: [...(parts.extensions ?? []), unknown(OTHER_ARC, false), unknown(OTHER_ARC, false)],
    }),
    { faults: ["B7"] },
  ),
  ota(
    "extensions-17",
    "CERT_PROFILE",
    "more than 16 extensions",
    (parts) => ({
      ...parts,
      extensions: [
        ...(parts.extensions ?? []),
        ...Array.from({ length: 11 }, (_, at) =>
          unknown(`2b060104018f6d${(at + 1).toString(16).padStart(2, "0")}`, false),
        ),
      ],
    }),
    { faults: ["B11"] },
  ),
  ota(
    "basic-constraints-not-critical",
    "CERT_PROFILE",
    "basicConstraints without critical",
    (parts) => withExtension(parts, "basicConstraints", extension("basicConstraints", false, sequence())),
    { faults: ["B2"] },
  ),
  ota(
    "key-usage-not-critical",
    "CERT_PROFILE",
    "keyUsage without critical",
    (parts) => withExtension(parts, "keyUsage", extension("keyUsage", false, bits(7, hex("80")))),
    { faults: ["B2"] },
  ),
  ota(
    "purpose-not-critical",
    "CERT_PROFILE",
    "extendedKeyUsage without critical",
    (parts) =>
      withExtension(
        parts,
        "extendedKeyUsage",
        extension("extendedKeyUsage", false, sequence(oid(oids.touchmarkOtaPurpose.contents))),
      ),
    { faults: ["B2"] },
  ),
  ota(
    "manufacturer-critical",
    "CERT_PROFILE",
    "touchmarkManufacturer marked critical",
    (parts) =>
      withExtension(parts, "touchmarkManufacturer", extension("touchmarkManufacturer", true, lab.manufacturer())),
    { faults: ["B2"] },
  ),
  ota("key-usage-missing", "CERT_PROFILE", "no keyUsage", (parts) => withExtension(parts, "keyUsage"), {
    faults: ["B2"],
  }),
  ota(
    "manufacturer-missing",
    "CERT_PROFILE",
    "no touchmarkManufacturer",
    (parts) => withExtension(parts, "touchmarkManufacturer"),
    { faults: ["B2"] },
  ),
  ota(
    "ski-missing",
    "CERT_PROFILE",
    "no subjectKeyIdentifier",
    (parts) => withExtension(parts, "subjectKeyIdentifier"),
    { faults: ["B2"] },
  ),
  ota(
    "aki-missing",
    "CERT_PROFILE",
    "no authorityKeyIdentifier",
    (parts) => withExtension(parts, "authorityKeyIdentifier"),
    { faults: ["B2"] },
  ),
  ota(
    "ski-short",
    "CERT_PROFILE",
    "a subjectKeyIdentifier of 19 bytes",
    (parts) =>
      withExtension(
        parts,
        "subjectKeyIdentifier",
        extension("subjectKeyIdentifier", false, octets(lab.keyId("ota").subarray(1))),
      ),
    { faults: ["B2"] },
  ),
  ota(
    "leaf-ca",
    "CERT_USAGE",
    "a leaf that says it is a CA",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0xff))),
    { faults: ["B2"] },
  ),
  ota(
    "leaf-cert-sign",
    "CERT_USAGE",
    "a leaf that may sign certificates",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(2, 0x84)),
    { faults: ["B2"] },
  ),
  ota(
    "purpose-missing",
    "CERT_USAGE",
    "an OTA signer without the OTA purpose",
    (parts) => withExtension(parts, "extendedKeyUsage"),
    { faults: ["B2"] },
  ),
  ota(
    "purpose-other",
    "CERT_USAGE",
    "code signing in the place of the OTA purpose",
    (parts) =>
      withExtension(parts, "extendedKeyUsage", extension("extendedKeyUsage", true, sequence(oid("2b06010505070303")))),
    { faults: ["B2"] },
  ),
  ota(
    "purpose-any",
    "CERT_USAGE",
    "anyExtendedKeyUsage",
    (parts) => withExtension(parts, "extendedKeyUsage", extension("extendedKeyUsage", true, sequence(oid("551d2500")))),
    { faults: ["B2"] },
  ),
  ota(
    "purpose-two",
    "CERT_USAGE",
    "the OTA purpose and another",
    (parts) =>
      withExtension(
        parts,
        "extendedKeyUsage",
        extension("extendedKeyUsage", true, sequence(oid(oids.touchmarkOtaPurpose.contents), oid("2b06010505070303"))),
      ),
    { faults: ["B2"] },
  ),
  device(
    "device-with-purpose",
    "CERT_USAGE",
    "a device with the OTA purpose",
    (parts) =>
      withExtension(parts, "-", extension("extendedKeyUsage", true, sequence(oid(oids.touchmarkOtaPurpose.contents)))),
    { faults: ["B2"] },
  ),
  line(
    "line-not-ca",
    "CERT_USAGE",
    "a line without cA",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints()),
    { faults: ["B2"] },
  ),
  line(
    "line-without-basic-constraints",
    "CERT_USAGE",
    "a line without basicConstraints",
    (parts) => withExtension(parts, "basicConstraints"),
    { faults: ["B2"] },
  ),
  line(
    "line-no-cert-sign",
    "CERT_USAGE",
    "a line that may not sign certificates",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(7, 0x80)),
    { faults: ["B2"] },
  ),
  line(
    "line-crl-sign",
    "CERT_USAGE",
    "a line that may revoke",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(1, 0x06)),
    { faults: ["B1", "B2"] },
  ),
  line(
    "line-with-purpose",
    "CERT_USAGE",
    "a line with the OTA purpose",
    (parts) =>
      withExtension(parts, "-", extension("extendedKeyUsage", true, sequence(oid(oids.touchmarkOtaPurpose.contents)))),
    { faults: ["B1", "B2"] },
  ),
  root(
    "root-no-crl-sign",
    "CERT_USAGE",
    "a root that may not revoke",
    (parts) => withExtension(parts, "keyUsage", lab.keyUsage(2, 0x04)),
    { faults: ["B2"] },
  ),
  device(
    "address-missing",
    "CERT_PROFILE",
    "a device without its address",
    (parts) => withExtension(parts, "subjectAltName"),
    { faults: ["B2"] },
  ),
  device(
    "address-other",
    "CERT_PROFILE",
    "another key's address",
    (parts) =>
      withExtension(
        parts,
        "subjectAltName",
        extension(
          "subjectAltName",
          false,
          lab.uri(DEVICE_URI.replace(lab.address("device"), lab.address("other-device"))),
        ),
      ),
    { faults: ["B2"] },
  ),
  device(
    "address-upper-case",
    "CERT_PROFILE",
    "an address in upper case",
    (parts) =>
      withExtension(
        parts,
        "subjectAltName",
        extension(
          "subjectAltName",
          false,
          lab.uri(DEVICE_URI.replace(/[a-f](?=[0-9a-f]*@)/, (digit) => digit.toUpperCase())),
        ),
      ),
    { faults: ["B2"] },
  ),
  device(
    "address-chain",
    "CERT_PROFILE",
    "an address on another chain",
    (parts) =>
      withExtension(
        parts,
        "subjectAltName",
        extension("subjectAltName", false, lab.uri(DEVICE_URI.replace("@31337", "@137"))),
      ),
    { faults: ["B2"] },
  ),
  device(
    "address-zero-padded-chain",
    "CERT_PROFILE",
    "a chain id with a leading zero",
    (parts) =>
      withExtension(
        parts,
        "subjectAltName",
        extension("subjectAltName", false, lab.uri(DEVICE_URI.replace("@31337", "@031337"))),
      ),
    { faults: ["B2"] },
  ),
  device(
    "address-dns",
    "CERT_PROFILE",
    "a DNS name in the place of the address",
    (parts) =>
      withExtension(parts, "subjectAltName", extension("subjectAltName", false, sequence(text(0x82, "example.com")))),
    { faults: ["B2"] },
  ),
  device(
    "address-two",
    "CERT_PROFILE",
    "two names",
    (parts) =>
      withExtension(
        parts,
        "subjectAltName",
        extension("subjectAltName", false, sequence(text(0x86, DEVICE_URI), text(0x86, DEVICE_URI))),
      ),
    { faults: ["B2"] },
  ),
  device(
    "model-missing",
    "CERT_PROFILE",
    "a device without hardware model",
    (parts) =>
      withExtension(parts, "touchmarkManufacturer", extension("touchmarkManufacturer", false, lab.manufacturer())),
    { faults: ["B2"] },
  ),
  device(
    "model-empty",
    "CERT_PROFILE",
    "an empty hardware model",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, lab.MANUFACTURER_ID, "")),
      ),
    { faults: ["B2"] },
  ),
  device(
    "model-long",
    "CERT_PROFILE",
    "a hardware model of 33 bytes",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, lab.MANUFACTURER_ID, "m".repeat(33))),
      ),
    { faults: ["B2"] },
  ),
  ota(
    "model-in-ota",
    "CERT_PROFILE",
    "a hardware model in an OTA signer",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, lab.MANUFACTURER_ID, "tm-1")),
      ),
    { faults: ["B2"] },
  ),
  ota(
    "manufacturer-zero",
    "CERT_PROFILE",
    "ManufacturerID 0",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, 0n)),
      ),
    { faults: ["B2"] },
  ),
  ota(
    "manufacturer-65-bits",
    "DER_MALFORMED",
    "a ManufacturerID of 65 bits",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, 2n ** 64n)),
      ),
    { faults: ["B9"] },
  ),
  ota("name-empty", "CERT_PROFILE", "an empty subject", { subject: sequence() }, { faults: ["B2"] }),
  ota(
    "name-one-rdn",
    "CERT_PROFILE",
    "a subject of O alone",
    { subject: sequence(lab.attribute("organizationName", "FAKE Maker")) },
    { faults: ["B2"] },
  ),
  ota(
    "name-order",
    "CERT_PROFILE",
    "CN before O",
    {
      subject: sequence(lab.attribute("commonName", "FAKE releases"), lab.attribute("organizationName", "FAKE Maker")),
    },
    { faults: ["B2"] },
  ),
  ota(
    "name-printable",
    "CERT_PROFILE",
    "CN as PrintableString",
    {
      subject: sequence(
        lab.attribute("organizationName", "FAKE Maker"),
        lab.attribute("commonName", "FAKE releases", 0x13),
      ),
    },
    { faults: ["B2"] },
  ),
  ota(
    "name-country",
    "CERT_PROFILE",
    "a country in the place of O",
    { subject: sequence(set(sequence(oid("550406"), text(0x13, "CH"))), lab.attribute("commonName", "FAKE releases")) },
    { faults: ["B2"] },
  ),
  ota("name-long", "CERT_PROFILE", "a CN of 65 bytes", { subject: longName }, { faults: ["B2"] }),
  device(
    "name-device-cn",
    "CERT_PROFILE",
    "a device with CN in the place of serialNumber",
    { subject: lab.name("commonName", "FAKE-0001") },
    { faults: ["B2"] },
  ),
];

const impostor: Parts = {
  ...lineParts,
  serialNumber: integer("4100000000000009"),
  key: lab.keyInfo(lab.point("other-line")),
};
const path: readonly CertificateVector[] = [
  vector("path-empty", "ota", [], { title: "no certificates", expect: "CERT_PATH_LENGTH", faults: ["B3"] }),
  vector("path-root-alone", "ota", [pinned], { title: "the root alone", expect: "CERT_PATH_LENGTH", faults: ["B3"] }),
  vector(
    "path-ota-under-line",
    "ota",
    [certificate({ ...otaParts, issuer: lineParts.subject, signedBy: "line" }), certificate(lineParts), pinned],
    { title: "an OTA signer under a line", expect: "CERT_PATH_LENGTH", faults: ["B1", "B3"] },
  ),
  vector(
    "path-two-lines",
    "device",
    [certificate(deviceParts), certificate(lineParts), certificate(lineParts), pinned],
    { title: "a line under a line", expect: "CERT_PATH_LENGTH", faults: ["B3", "B11"] },
  ),
  vector(
    "path-loop",
    "device",
    Array.from({ length: 64 }, () => pinned),
    { title: "a loop of 64 roots", expect: "CERT_PATH_LENGTH", faults: ["B11"] },
  ),
  line(
    "line-path-length-1",
    "CERT_PATH_LENGTH",
    "a line that allows a CA below",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0xff), unsigned(1n))),
    { faults: ["B3"] },
  ),
  line(
    "line-path-length-absent",
    "CERT_PATH_LENGTH",
    "a line without a path length",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0xff))),
    { faults: ["B3"] },
  ),
  line(
    "line-path-length-huge",
    "CERT_PATH_LENGTH",
    "a path length of 2^32",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0xff), unsigned(2n ** 32n))),
    { faults: ["B3"] },
  ),
  line(
    "path-length-without-ca",
    "CERT_PROFILE",
    "a path length without cA",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(unsigned(0n))),
    { faults: ["B3"] },
  ),
  root(
    "root-path-length-0",
    "CERT_PATH_LENGTH",
    "a root that allows no line",
    (parts) => withExtension(parts, "basicConstraints", lab.basicConstraints(boolean(0xff), unsigned(0n))),
    { faults: ["B3"] },
  ),
  vector(
    "path-other-root",
    "ota",
    [certificate(otaParts), certificate({ ...rootParts, serialNumber: integer("4100000000000008") })],
    {
      title: "the same names and key under a root that is not the pinned one",
      expect: "ROOT_MISMATCH",
      faults: ["B1"],
    },
  ),
  ota(
    "issuer-other",
    "CERT_ISSUER",
    "an issuer that is not the root's subject",
    { issuer: lab.name("commonName", "FAKE other root") },
    { faults: ["B3"] },
  ),
  ota(
    "issuer-case",
    "CERT_ISSUER",
    "an issuer that differs in one letter's case",
    { issuer: lab.name("commonName", "fAKE root") },
    { faults: ["B3"] },
  ),
  ota(
    "aki-other",
    "CERT_ISSUER",
    "authorityKeyIdentifier of another key",
    (parts) =>
      withExtension(
        parts,
        "authorityKeyIdentifier",
        lab.keyIds("ota", "other-root")[1] ?? { name: "", der: new Uint8Array() },
      ),
    { faults: ["B3"] },
  ),
  ota(
    "chain-other",
    "CERT_MANUFACTURER",
    "another chain than the root's",
    (parts) =>
      withExtension(parts, "touchmarkManufacturer", extension("touchmarkManufacturer", false, lab.manufacturer(137n))),
    { faults: ["B1"] },
  ),
  ota(
    "manufacturer-other",
    "CERT_MANUFACTURER",
    "another ManufacturerID than the root's",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, 8n)),
      ),
    { faults: ["B1"] },
  ),
  line(
    "line-manufacturer-other",
    "CERT_MANUFACTURER",
    "a line of another ManufacturerID",
    (parts) =>
      withExtension(
        parts,
        "touchmarkManufacturer",
        extension("touchmarkManufacturer", false, lab.manufacturer(lab.CHAIN_ID, 8n)),
      ),
    { faults: ["B1"] },
  ),
  vector(
    "line-impostor",
    "device",
    [
      certificate(deviceParts),
      certificate(
        withExtension(
          impostor,
          "subjectKeyIdentifier",
          lab.keyIds("line", "root")[0] ?? { name: "", der: new Uint8Array() },
        ),
      ),
      pinned,
    ],
    { title: "a line of the same name and key id with another key", expect: "CERT_SIGNATURE", faults: ["B1"] },
  ),
  vector(
    "device-under-ota",
    "device",
    [certificate({ ...deviceParts, issuer: otaParts.subject, signedBy: "ota" }), certificate(otaParts), pinned],
    { title: "a device under an OTA signer", expect: "CERT_USAGE", faults: ["B2"] },
  ),
  vector("ota-is-device", "ota", [certificate(deviceParts), pinned], {
    title: "a device in the place of the OTA signer",
    expect: "CERT_PROFILE",
    faults: ["B2"],
  }),
  ota("at-too-early", "CERT_NOT_IN_FORCE", "the second before notBefore", {}, { faults: ["B6"], at: lab.BORN - 1 }),
  ota("at-too-late", "CERT_NOT_IN_FORCE", "the second after notAfter", {}, { faults: ["B6"], at: 1_811_808_001 }),
  ota(
    "at-after-root",
    "CERT_NOT_IN_FORCE",
    "after the root's notAfter",
    { validity: lab.times("260601000000Z", "99991231235959Z") },
    { faults: ["B6"], at: 3_000_000_000 },
  ),
  device(
    "born-before-line",
    "CERT_NOT_IN_FORCE",
    "a device born before its line",
    { validity: lab.times("260531235959Z", "99991231235959Z") },
    { faults: ["B1", "B6"] },
  ),
  device(
    "born-after-line",
    "CERT_NOT_IN_FORCE",
    "a device born after its line expired",
    { validity: lab.times("260830000001Z", "99991231235959Z") },
    { faults: ["B1", "B6"] },
  ),
  device(
    "born-last-second",
    "ok",
    "a device born in its line's last second",
    { validity: lab.times("260830000000Z", "99991231235959Z") },
    { faults: ["B6"] },
  ),
];

export const certificateVectors = { accepted, form, keys, signatures, profile, path };

if (import.meta.main) {
  for (const [file, vectors] of Object.entries(certificateVectors))
    writeFileSync(new URL(`../certificates/${file}.json`, import.meta.url), `${JSON.stringify(vectors, null, 1)}\n`);
}
