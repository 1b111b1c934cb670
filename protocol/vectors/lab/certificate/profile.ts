// SPDX-License-Identifier: Apache-2.0
// Extensions and names outside the columns of protocol/certificates.md.

import { oids } from "../../../../host/src/protocol/generated.ts";
import { bits, boolean, hex, octets, oid, sequence, set, text, tlv } from "../der.ts";
import {
  add,
  all,
  type CertificateVector,
  constraints,
  device,
  drop,
  line,
  maker,
  names,
  ota,
  purposes,
  root,
  swap,
  unknown,
  uris,
  usage,
} from "./cases.ts";
import { address, attribute, CHAIN_ID, keyId, keyUsage, MANUFACTURER_ID, manufacturer, name } from "./parts.ts";

const NAME_CONSTRAINTS = "551d1e";
const CODE_SIGNING = "2b06010505070303";
const ANY_PURPOSE = "551d2500";
const OTA_PURPOSE = oids.touchmarkOtaPurpose.contents;
/** 1.3.6.1.4.1.56490.1: an enterprise's. */
const OTHER_ARC = "2b0601040183b92a01";

const constrained = octets(sequence(tlv(0xa0, sequence(text(0x86, "example.com")))));
const URI = `ethereum:${address("device")}@${CHAIN_ID}`;
const O = attribute("organizationName", "FAKE Maker");

export const profile: readonly CertificateVector[] = [
  ...all("CERT_CRITICAL_EXTENSION", "B7", {
    "unknown-critical": ota("an unknown critical extension", add(unknown(OTHER_ARC, true))),
  }),
  ...all("CERT_CRITICAL_EXTENSION", "B4", {
    "name-constraints-critical": line(
      "critical name constraints",
      add(sequence(oid(NAME_CONSTRAINTS), boolean(0xff), constrained)),
    ),
  }),
  ...all("CERT_PROFILE", "B4", {
    "name-constraints": line(
      "name constraints that are not critical",
      add(sequence(oid(NAME_CONSTRAINTS), constrained)),
    ),
  }),
  ...all("CERT_PROFILE", "B7", {
    "pkix-extension": ota("an unnamed extension of PKIX's private arc", add(unknown("2b06010505070101", false))),
    "extension-twice": ota("one extension twice", add(keyUsage(7, 0x80).der)),
    "unknown-twice": ota("an unknown extension twice", add(unknown(OTHER_ARC, false), unknown(OTHER_ARC, false))),
  }),
  ...all("CERT_PROFILE", "B11", {
    "extensions-17": ota(
      "more than 16 extensions",
      add(
        ...["01", "02", "03", "04", "05", "06", "07", "08", "09", "0a", "0b"].map((arc) =>
          unknown(`2b060104018f6d${arc}`, false),
        ),
      ),
    ),
  }),
  ...all("CERT_PROFILE", "B2", {
    "basic-constraints-not-critical": ota(
      "basicConstraints without critical",
      swap("basicConstraints", false, sequence()),
    ),
    "key-usage-not-critical": ota("keyUsage without critical", swap("keyUsage", false, bits(7, hex("80")))),
    "purpose-not-critical": ota(
      "extendedKeyUsage without critical",
      swap("extendedKeyUsage", false, sequence(oid(OTA_PURPOSE))),
    ),
    "manufacturer-critical": ota(
      "touchmarkManufacturer marked critical",
      swap("touchmarkManufacturer", true, manufacturer()),
    ),
    "key-usage-missing": ota("no keyUsage", drop("keyUsage")),
    "manufacturer-missing": ota("no touchmarkManufacturer", drop("touchmarkManufacturer")),
    "ski-missing": ota("no subjectKeyIdentifier", drop("subjectKeyIdentifier")),
    "aki-missing": ota("no authorityKeyIdentifier", drop("authorityKeyIdentifier")),
    "ski-short": ota(
      "a subjectKeyIdentifier of 19 bytes",
      swap("subjectKeyIdentifier", false, octets(keyId("ota").subarray(1))),
    ),
  }),
  ...all("CERT_USAGE", "B2", {
    "leaf-ca": ota("a leaf that says it is a CA", constraints(boolean(0xff))),
    "leaf-cert-sign": ota("a leaf that may sign certificates", usage(2, 0x84)),
    "purpose-missing": ota("an OTA signer without the OTA purpose", drop("extendedKeyUsage")),
    "purpose-other": ota("code signing in the place of the OTA purpose", purposes(CODE_SIGNING)),
    "purpose-any": ota("anyExtendedKeyUsage", purposes(ANY_PURPOSE)),
    "purpose-two": ota("the OTA purpose and another", purposes(OTA_PURPOSE, CODE_SIGNING)),
    "device-with-purpose": device("a device with the OTA purpose", purposes(OTA_PURPOSE)),
    "line-not-ca": line("a line without cA", constraints()),
    "line-without-basic-constraints": line("a line without basicConstraints", drop("basicConstraints")),
    "line-no-cert-sign": line("a line that may not sign certificates", usage(7, 0x80)),
  }),
  ...all("CERT_USAGE", "B1 B2", {
    "line-crl-sign": line("a line that may revoke", usage(1, 0x06)),
    "line-with-purpose": line("a line with the OTA purpose", purposes(OTA_PURPOSE)),
  }),
  ...all("CERT_USAGE", "B2", {
    "root-no-crl-sign": root("a root that may not revoke", usage(2, 0x04)),
  }),
  ...all("CERT_PROFILE", "B2", {
    "address-missing": device("a device without its address", drop("subjectAltName")),
    "address-other": device("another key's address", uris(URI.replace(address("device"), address("other-device")))),
    "address-upper-case": device(
      "an address in upper case",
      uris(URI.replace(/[a-f](?=[0-9a-f]*@)/, (digit) => digit.toUpperCase())),
    ),
    "address-chain": device("an address on another chain", uris(URI.replace("@31337", "@137"))),
    "address-zero-padded-chain": device("a chain id with a leading zero", uris(URI.replace("@31337", "@031337"))),
    "address-dns": device("a DNS name in the place of the address", names(text(0x82, "example.com"))),
    "address-two": device("two names", uris(URI, URI)),
    "model-missing": device("a device without hardware model", maker()),
    "model-empty": device("an empty hardware model", maker(CHAIN_ID, MANUFACTURER_ID, "")),
    "model-long": device("a hardware model of 33 bytes", maker(CHAIN_ID, MANUFACTURER_ID, "m".repeat(33))),
    "model-in-ota": ota("a hardware model in an OTA signer", maker(CHAIN_ID, MANUFACTURER_ID, "tm-1")),
    "manufacturer-zero": ota("ManufacturerID 0", maker(CHAIN_ID, 0n)),
  }),
  ...all("DER_MALFORMED", "B9", {
    "manufacturer-65-bits": ota("a ManufacturerID of 65 bits", maker(CHAIN_ID, 2n ** 64n)),
  }),
  ...all("CERT_PROFILE", "B2", {
    "name-empty": ota("an empty subject", { subject: sequence() }),
    "name-one-rdn": ota("a subject of O alone", { subject: sequence(O) }),
    "name-order": ota("CN before O", { subject: sequence(attribute("commonName", "FAKE releases"), O) }),
    "name-order-and-default": ota("CN before O, and basicConstraints with its DEFAULT written out", (parts) => ({
      ...constraints(boolean(0))(parts),
      subject: sequence(attribute("commonName", "FAKE releases"), O),
    })),
    "name-printable": ota("CN as PrintableString", {
      subject: sequence(O, attribute("commonName", "FAKE releases", 0x13)),
    }),
    "name-country": ota("a country in the place of O", {
      subject: sequence(set(sequence(oid("550406"), text(0x13, "CH"))), attribute("commonName", "FAKE releases")),
    }),
    "name-long": ota("a CN of 65 bytes", { subject: sequence(O, attribute("commonName", "x".repeat(65))) }),
    "name-device-cn": device("a device with CN in the place of serialNumber", {
      subject: name("commonName", "FAKE-0001"),
    }),
  }),
];
