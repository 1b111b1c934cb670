// SPDX-License-Identifier: Apache-2.0
// Manifest digest, COSE and the OTA certificate: protocol/bundle.md, check 2.
import { toHex } from "../../../host/src/protocol/bytes.ts";
import { encode, Tag } from "../../../host/src/protocol/cbor.ts";
import { cose, oids } from "../../../host/src/protocol/generated.ts";
import type { Case } from "../lab/case.ts";
import { otaCertificate, rootCertificate, type Validity } from "../lab/certificates.ts";
import { CHAIN_ID, HONEST, MANUFACTURER, OTA, ROOT, TIMESTAMP, VALIDITY } from "../lab/scenario.ts";
import { negated, SIGNATURE_ZERO_R } from "../lab/signatures.ts";
import { flipped, withRelease, withSpoil } from "./change.ts";

const ES256 = -7;
const spoiled = (title: string, expect: Case["expect"], spoil: Parameters<typeof withSpoil>[0]): Case => ({
  title,
  expect,
  scenario: withSpoil(spoil),
});

/** A protected header of these labels, signed as it stands. */
const header = (title: string, expect: Case["expect"], entries: readonly (readonly [unknown, unknown])[]): Case =>
  spoiled(title, expect, { protectedHeader: () => encode(new Map(entries as [number, number][])) });

const sign1 = (
  title: string,
  expect: Case["expect"],
  items: (honest: { header: Uint8Array; signature: Uint8Array }) => unknown,
): Case =>
  spoiled(title, expect, {
    cose: (bytes) => encode(items(partsOf(bytes)) as Parameters<typeof encode>[0]),
  });

function partsOf(sign1Bytes: Uint8Array): { header: Uint8Array; signature: Uint8Array } {
  // d2 84 59 LLLL header a0 f6 5840 signature
  return { header: sign1Bytes.slice(5, -68), signature: sign1Bytes.slice(-64) };
}

const { alg, x5chain, crit } = cose.header;
const tagged = (items: unknown): unknown => new Tag(items, cose.tagSign1);

/** Of the object identifier in front of the certificate's signature. */
const OTA_ALGORITHM = toHex(OTA).lastIndexOf(oids.ecdsaWithSha256.contents) / 2;

const withCertificate = (certificate: Uint8Array, signer = "ota"): Case["scenario"] =>
  withRelease({ certificate, signer });

const issued = (change: Partial<Parameters<typeof otaCertificate>[0]>): Promise<Uint8Array> =>
  otaCertificate({
    chainId: CHAIN_ID,
    manufacturerId: MANUFACTURER,
    key: "ota",
    issuer: "root",
    ...VALIDITY,
    ...change,
  });

const EARLIER: Validity = { notBefore: Number(TIMESTAMP) - 1_000, notAfter: Number(TIMESTAMP) - 1 };
const LATER: Validity = { notBefore: Number(TIMESTAMP) + 1, notAfter: Number(TIMESTAMP) + 1_000 };
const NOW: Validity = { notBefore: Number(TIMESTAMP), notAfter: Number(TIMESTAMP) };
const OTHER_ROOT = await rootCertificate({
  chainId: CHAIN_ID,
  manufacturerId: MANUFACTURER,
  key: "other-root",
  ...VALIDITY,
});

export const signatureCases: readonly Case[] = [
  spoiled("D4 another manifest than the signed one", "MANIFEST_DIGEST_MISMATCH", {
    sentManifest: (bytes) => flipped(bytes, -1),
  }),
  spoiled("D23 the digest in the wrapper is another than the signed one", "MANIFEST_DIGEST_MISMATCH", {
    authentication: (bytes) => flipped(bytes, 20),
  }),
  header("D19 ES256 instead of ES256K", "COSE_ALGORITHM", [
    [alg, ES256],
    [x5chain, OTA],
  ]),
  header("D19 no algorithm", "COSE_ALGORITHM", [[x5chain, OTA]]),
  header("D19 an algorithm that is text", "COSE_ALGORITHM", [
    [alg, "ES256K"],
    [x5chain, OTA],
  ]),
  header("D19 an algorithm under a tag", "COSE_MALFORMED", [
    [alg, new Tag(cose.alg.es256k, 200)],
    [x5chain, OTA],
  ]),
  header("D19 another algorithm, and a certificate under a tag", "COSE_MALFORMED", [
    [alg, ES256],
    [x5chain, new Tag(OTA, 0)],
  ]),
  header("D19 another algorithm, and a label that is an array", "COSE_MALFORMED", [
    [alg, ES256],
    [[x5chain], OTA],
  ]),
  header("D19 an algorithm under the tag of COSE itself", "COSE_ALGORITHM", [
    [alg, new Tag(cose.alg.es256k, cose.tagSign1)],
    [x5chain, OTA],
  ]),
  header("D19 an empty protected header", "COSE_ALGORITHM", []),
  header("D19 a critical header", "COSE_MALFORMED", [
    [alg, cose.alg.es256k],
    [crit, [x5chain]],
    [x5chain, OTA],
  ]),
  header("D19 no certificate", "COSE_MALFORMED", [[alg, cose.alg.es256k]]),
  header("a certificate in an array", "COSE_MALFORMED", [
    [alg, cose.alg.es256k],
    [x5chain, [OTA]],
  ]),
  header("another label behind the certificate", "COSE_MALFORMED", [
    [alg, cose.alg.es256k],
    [x5chain, OTA],
    [34, 1],
  ]),
  sign1("D19 the algorithm in the unprotected header alone", "COSE_ALGORITHM", ({ signature }) =>
    tagged([encode(new Map([[x5chain, OTA]])), new Map([[alg, cose.alg.es256k]]), null, signature]),
  ),
  sign1("D23 something unprotected", "COSE_MALFORMED", ({ header: bytes, signature }) =>
    tagged([bytes, new Map([[4, new Uint8Array(1)]]), null, signature]),
  ),
  sign1("no COSE tag", "COSE_MALFORMED", ({ header: bytes, signature }) => [bytes, new Map(), null, signature]),
  sign1(
    "another COSE tag",
    "COSE_MALFORMED",
    ({ header: bytes, signature }) => new Tag([bytes, new Map(), null, signature], cose.tagSuitEnvelope),
  ),
  sign1("a payload that is not detached", "COSE_MALFORMED", ({ header: bytes, signature }) =>
    tagged([bytes, new Map(), new Uint8Array(3), signature]),
  ),
  sign1("B14 a signature of 63 bytes", "COSE_MALFORMED", ({ header: bytes, signature }) =>
    tagged([bytes, new Map(), null, signature.slice(1)]),
  ),
  sign1("five items", "COSE_MALFORMED", ({ header: bytes, signature }) =>
    tagged([bytes, new Map(), null, signature, 0]),
  ),
  spoiled("D20 a protected header that is not deterministic", "COSE_MALFORMED", {
    protectedHeader: (bytes) => Uint8Array.from([0xb8, 2, ...bytes.slice(1)]),
  }),
  spoiled("D8 one bit of the signature", "COSE_SIGNATURE", { coseSignature: (bytes) => flipped(bytes, 5) }),
  spoiled("D18 the same signature with high s", "SIGNATURE_HIGH_S", { coseSignature: negated }),
  spoiled("B14 r is zero", "COSE_SIGNATURE", { coseSignature: () => SIGNATURE_ZERO_R }),
  {
    title: "another key than the certificate's",
    expect: "COSE_SIGNATURE",
    scenario: withRelease({ signer: "other-ota" }),
  },
  {
    title: "B9 a byte behind the certificate",
    expect: "DER_MALFORMED",
    scenario: withCertificate(Uint8Array.from([...OTA, 0])),
  },
  {
    title: "B9 a byte behind the certificate, and a bit of its algorithm",
    expect: "DER_MALFORMED",
    scenario: withCertificate(Uint8Array.from([...flipped(OTA, OTA_ALGORITHM), 0])),
  },
  {
    title: "D8 one bit of the certificate's signature",
    expect: "CERT_SIGNATURE",
    scenario: withCertificate(flipped(OTA, -3)),
  },
  { title: "B2 the root as signer", expect: "CERT_USAGE", scenario: withCertificate(ROOT, "root") },
  {
    title: "a certificate of another root",
    expect: "CERT_ISSUER",
    scenario: withCertificate(await issued({ issuer: "other-root" })),
  },
  {
    title: "another root's certificate in the root's name",
    expect: "CERT_SIGNATURE",
    scenario: withCertificate(await issued({ forger: "other-root" })),
  },
  {
    title: "a certificate of another manufacturer",
    expect: "CERT_MANUFACTURER",
    scenario: withCertificate(await issued({ manufacturerId: MANUFACTURER + 1n })),
  },
  {
    title: "D15 a certificate of another chain",
    expect: "CERT_MANUFACTURER",
    scenario: withCertificate(await issued({ chainId: CHAIN_ID + 1n })),
  },
  {
    title: "a unit pinned to another root",
    expect: "ROOT_MISMATCH",
    scenario: { ...HONEST, unit: { ...HONEST.unit, root: OTHER_ROOT } },
  },
  {
    title: "B6 a certificate that ended before the block",
    expect: "CERT_NOT_IN_FORCE",
    scenario: withCertificate(await issued(EARLIER)),
  },
  {
    title: "B6 a certificate that begins after the block",
    expect: "CERT_NOT_IN_FORCE",
    scenario: withCertificate(await issued(LATER)),
  },
  { title: "B6 a certificate of the block's second alone", expect: "OK", scenario: withCertificate(await issued(NOW)) },
];
