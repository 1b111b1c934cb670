// SPDX-License-Identifier: Apache-2.0
// Keys and algorithms.

import { oids } from "../../../../host/src/protocol/generated.ts";
import { bits, hex, integer, octets, oid, sequence, tlv, unsigned } from "../der.ts";
import { all, type CertificateVector, ota } from "./cases.ts";
import { fakeKey, keyInfo, point } from "./parts.ts";

const P = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
const ORDER = "00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const P256 = "2a8648ce3d030107";
const RSA = "2a864886f70d010101";
const ECDSA_WITH_SHA384 = sequence(oid("2a8648ce3d040303"));
const WITH_NULL = sequence(oid(oids.ecdsaWithSha256.contents), tlv(0x05));

const explicitCurve = sequence(
  oid(oids.ecPublicKey.contents),
  sequence(
    unsigned(1n),
    sequence(oid("2a8648ce3d0101"), integer(`00${P}`)),
    sequence(octets(new Uint8Array(32)), octets(hex("07".padStart(64, "0")))),
    octets(hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")),
    integer(ORDER),
    unsigned(1n),
  ),
);
const good = point("ota");
const parity = (good[64] ?? 0) & 1;

export const keys: readonly CertificateVector[] = [
  ...all("CERT_ALGORITHM", "B8", {
    "curve-p256": ota("a key of another curve", {
      key: sequence(sequence(oid(oids.ecPublicKey.contents), oid(P256)), bits(0, good)),
    }),
    "curve-explicit": ota("secp256k1 as explicit parameters", { key: sequence(explicitCurve, bits(0, good)) }),
    "key-rsa": ota("an RSA key", {
      key: sequence(sequence(oid(RSA), tlv(0x05)), bits(0, sequence(unsigned(15n), unsigned(3n)))),
    }),
  }),
  ...all("PUBLIC_KEY_INVALID", "B13", {
    "point-compressed": ota("a compressed point", { key: keyInfo(hex(fakeKey("ota").publicKey)) }),
    "point-hybrid": ota("a hybrid point", { key: keyInfo(good.with(0, 6 + parity)) }),
    "point-infinity": ota("the point at infinity", { key: keyInfo(hex("00")) }),
    "point-off-curve": ota("a point off the curve", { key: keyInfo(good.with(64, (good[64] ?? 0) ^ 1)) }),
    "point-x-above-p": ota("x not below the field's prime", { key: keyInfo(hex(`04${P}${"00".repeat(31)}07`)) }),
  }),
  ...all("DER_MALFORMED", "B9", {
    "key-trailing": ota("an element behind a point that is none", {
      key: sequence(
        sequence(oid(oids.ecPublicKey.contents), oid(oids.secp256k1.contents)),
        bits(0, hex("00")),
        tlv(0x05),
      ),
    }),
  }),
  ...all("CERT_ALGORITHM", "B10", {
    "inner-algorithm": ota("another algorithm inside than outside", { innerAlgorithm: ECDSA_WITH_SHA384 }),
    "outer-algorithm": ota("another algorithm outside than inside", { outerAlgorithm: ECDSA_WITH_SHA384 }),
    "algorithm-null": ota("parameters NULL instead of absent", {
      innerAlgorithm: WITH_NULL,
      outerAlgorithm: WITH_NULL,
    }),
  }),
];
