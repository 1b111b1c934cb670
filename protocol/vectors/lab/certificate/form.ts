// SPDX-License-Identifier: Apache-2.0
// DER that is not strict, fields of the certificate itself out of form.
import {
  bits,
  boolean,
  hex,
  integer,
  join,
  octets,
  oid,
  sequence,
  text,
  tlv,
  tlvIndefinite,
  tlvLong,
  unsigned,
} from "../der.ts";
import { add, all, type CertificateVector, constraints, ota, swapCriticalByte, usage } from "./cases.ts";
import { manufacturer, time, times } from "./parts.ts";

/** 1.3.6.1.4.1.56490.1: an enterprise's. */
const OTHER_ARC = "2b0601040183b92a01";

export const form: readonly CertificateVector[] = [
  ...all("DER_MALFORMED", "B9", {
    "trailing-byte": ota("a byte after the certificate", { finish: (der) => join(der, hex("00")) }),
    cut: ota("the last byte is missing", { finish: (der) => der.subarray(0, -1) }),
    "length-long-form": ota("a length in more bytes than it needs", {
      validity: tlvLong(0x30, 1, time("260601000000Z"), time("270601000000Z")),
    }),
    "length-indefinite": ota("an indefinite length", { wrap: (contents) => tlvIndefinite(0x30, contents) }),
    "length-beyond": ota("a length beyond the end", {
      finish: (der) => Uint8Array.from(der, (byte, at) => (at === 3 ? byte + 1 : byte)),
    }),
    "tbs-left-over": ota("an element after the extensions", { wrap: (contents) => sequence(contents, tlv(0x05)) }),
  }),
  ...all("DER_MALFORMED", "B5 B9", {
    "serial-padded": ota("a serial number with a byte of padding", { serialNumber: integer("004100000000000001") }),
  }),
  ...all("DER_MALFORMED", "B9", {
    "oid-padded": ota("an object identifier with a padded arc", add(sequence(oid("2b0680010401"), octets(sequence())))),
    "oid-cut": ota("an object identifier that ends within an arc", add(sequence(oid("2b0681"), octets(sequence())))),
    "boolean-one": ota("TRUE written as 01", swapCriticalByte("keyUsage", 0x01, bits(7, hex("80")))),
    "critical-false-written": ota(
      "the DEFAULT critical FALSE written out",
      swapCriticalByte("touchmarkManufacturer", 0x00, manufacturer()),
    ),
    "ca-false-written": ota("the DEFAULT cA FALSE written out", constraints(boolean(0x00))),
    "key-usage-padded": ota("a named bit list with trailing zero bits", usage(0, 0x80)),
    "key-usage-unused-set": ota("an unused bit of a BIT STRING set", usage(7, 0x81)),
    "time-no-date": ota("the 31st of February", { validity: times("260231000000Z", "270601000000Z") }),
    "time-without-seconds": ota("UTCTime without seconds", {
      validity: sequence(text(0x17, "2606010000Z"), time("270601000000Z")),
    }),
    "time-with-zone": ota("UTCTime with an offset", {
      validity: sequence(text(0x17, "260601000000+0000"), time("270601000000Z")),
    }),
    "time-fraction": ota("GeneralizedTime with a fraction", {
      validity: sequence(time("260601000000Z"), text(0x18, "20510101000000.5Z")),
    }),
  }),
  ...all("CERT_PROFILE", "B9", {
    "time-general-early": ota("GeneralizedTime before 2050", {
      validity: sequence(text(0x18, "20260601000000Z"), time("270601000000Z")),
    }),
  }),
  ...all("CERT_PROFILE", "B6", {
    "validity-reversed": ota("notAfter before notBefore", { validity: times("270601000000Z", "260601000000Z") }),
  }),
  ...all("CERT_PROFILE", "B2", {
    "version-1": ota("version 1: no version field", { version: undefined }),
    "version-2": ota("version 2", { version: tlv(0xa0, unsigned(1n)) }),
    "unique-identifier": ota("an issuerUniqueID", { between: tlv(0x81, hex("00ff")) }),
    "no-extensions": ota("no extensions", { extensions: undefined }),
  }),
  ...all("CERT_PROFILE", "B11", {
    "too-long": ota("1,025 bytes and more", add(sequence(oid(OTHER_ARC), octets(octets(new Uint8Array(700)))))),
  }),
  ...all("CERT_SERIAL", "B5", {
    "serial-zero": ota("serial number zero", { serialNumber: integer("00") }),
    "serial-negative": ota("a negative serial number", { serialNumber: integer("c100000000000001") }),
    "serial-short": ota("a serial number of 7 bytes", { serialNumber: integer("41000000000001") }),
    "serial-long": ota("a serial number of 21 bytes", { serialNumber: integer(`41${"00".repeat(20)}`) }),
  }),
];
