// SPDX-License-Identifier: Apache-2.0
// Tokens of a FAKE unit, right and wrong. The certificates are those of vectors/certificates.
import { type AttestationClaims, encodeClaims, ueidOf } from "../../../host/src/protocol/attestation-claims.ts";
import { concatBytes, fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { type CborInput, decode, encode, Tag } from "../../../host/src/protocol/cbor.ts";
import { cose, eat } from "../../../host/src/protocol/generated.ts";
import { sha256 } from "../../../host/src/protocol/secp256k1.ts";
import accepted from "../certificates/accepted.json" with { type: "json" };
import { fakeKey } from "./keys.ts";

export interface AttestationVector {
  readonly title: string;
  readonly expect: string;
  /** Hexadecimal. */
  readonly token: string;
}

const path = (accepted.find(({ id }) => id === "device")?.certificates ?? []).map(fromHex);
const [device = new Uint8Array(), line = new Uint8Array(), root = new Uint8Array()] = path;
const key = fakeKey("device");
const filled = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte);
const CHIP = "0123456789abcdef";

export const ROOT = root;
export const NONCE = filled(0x42);

export const CLAIMS: AttestationClaims = {
  nonce: NONCE,
  ueid: ueidOf(CHIP, key.publicKey),
  oemid: filled(0x11, 16),
  hardwareModel: "tm-1",
  oemboot: true,
  debugClosed: true,
  version: "1.2.3",
  chipId: CHIP,
  life: "locked",
  boot: "confirmed",
  slot: 1,
  manifestDigest: filled(0xd1),
  imageDigest: filled(0xd2),
  securityVersion: 3,
  trustHash: filled(0xd3),
  floorNumber: 2n ** 40n,
  floorTimestamp: 1_790_000_000n,
  rollback: 2,
  claims: 1,
  pairs: 70_000,
};

interface Parts {
  readonly header: ReadonlyMap<CborInput, CborInput>;
  readonly unprotected: CborInput;
  readonly payload: Uint8Array;
  readonly context: string;
  readonly signer: string;
}

const HEADER = new Map<CborInput, CborInput>([
  [cose.header.alg, cose.alg.es256k],
  [cose.header.typ, eat.contentFormat],
  [cose.header.x5t, [cose.digestSha256, sha256(device)]],
]);
const CHAIN: CborInput = new Map<CborInput, CborInput>([[cose.header.x5chain, [device, line]]]);

function items(change: Partial<Parts> = {}): [Uint8Array, CborInput, Uint8Array, Uint8Array] {
  const { header, unprotected, payload, context, signer } = {
    ...{ header: HEADER, unprotected: CHAIN, payload: encodeClaims(CLAIMS), context: "Signature1", signer: "device" },
    ...change,
  };
  const protectedHeader = encode(header);
  const digest = sha256(encode([context, protectedHeader, new Uint8Array(), payload]));
  return [protectedHeader, unprotected, payload, fakeKey(signer).sign(digest)];
}

const tagged = (list: CborInput): Uint8Array => encode(new Tag(new Tag(list, cose.tagSign1), cose.tagCwt));
const token = (change: Partial<Parts> = {}): Uint8Array => tagged(items(change));

/** The claims with some changed, as CBOR makes them. */
function claimed(change: Partial<AttestationClaims>): Uint8Array {
  return token({ payload: encodeClaims({ ...CLAIMS, ...change }) });
}

/** With one label's value put, or the label left out. */
function relabelled(label: number, value?: CborInput): Uint8Array {
  const claims = new Map(decode(encodeClaims(CLAIMS)) as ReadonlyMap<CborInput, CborInput>);
  if (value === undefined) claims.delete(label);
  else claims.set(label, value);
  return token({ payload: encode(claims) });
}

function headed(label: number, value?: CborInput): Uint8Array {
  const header = new Map(HEADER);
  if (value === undefined) header.delete(label);
  else header.set(label, value);
  return token({ header });
}

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function resigned(change: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const [header, unprotected, payload, signature] = items();
  return tagged([header, unprotected, payload, change(signature)]);
}

const highS = (signature: Uint8Array): Uint8Array => {
  const s = ORDER - BigInt(`0x${toHex(signature.subarray(32))}`);
  return concatBytes(signature.subarray(0, 32), fromHex(s.toString(16).padStart(64, "0")));
};

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const GOOD = token();
const M = "ATTESTATION_MALFORMED";
const { claim } = eat;

const cases: readonly (readonly [title: string, expect: string, token: Uint8Array])[] = [
  ["a finished unit", "OK", GOOD],
  ["counts and numbers at their ends", "OK", claimed({ claims: 0xffffffff, floorNumber: 2n ** 64n - 1n, slot: 0 })],
  ["a trial", "OK", claimed({ boot: "trial" })],
  ["an enrolled unit", "UNIT_NOT_LOCKED", claimed({ life: "enrolled", oemboot: false, debugClosed: false })],
  ["locked, without its maker's boot", "UNIT_NOT_LOCKED", claimed({ oemboot: false })],
  ["A13 an open debug port", "UNIT_DEBUG_OPEN", claimed({ debugClosed: false })],
  ["nothing", M, new Uint8Array()],
  ["D7 cut off", M, GOOD.subarray(0, -1)],
  ["a byte left over", M, concatBytes(GOOD, Uint8Array.of(0))],
  ["D22 longer than its limit", M, token({ payload: filled(0, 4096) })],
  ["without its tags", M, encode(items())],
  ["without the tag of COSE_Sign1", M, encode(new Tag(items(), cose.tagCwt))],
  ["without the tag of a CWT", M, encode(new Tag(items(), cose.tagSign1))],
  ["three items", M, tagged(items().slice(0, 3))],
  ["D20 a long head", M, concatBytes(Uint8Array.of(0xd9, 0, 61), GOOD.subarray(2))],
  ["D19 another algorithm", "COSE_ALGORITHM", headed(cose.header.alg, -7)],
  ["D19 no algorithm", "COSE_ALGORITHM", headed(cose.header.alg)],
  ["D23 an algorithm that is not protected", M, token({ unprotected: new Map([[1, -47]]) })],
  ["D19 a critical header", M, headed(cose.header.crit, [99])],
  ["another type", M, headed(cose.header.typ, 61)],
  ["no type", M, headed(cose.header.typ)],
  ["no thumbprint", M, headed(cose.header.x5t)],
  ["a thumbprint by another hash", M, headed(cose.header.x5t, [-43, filled(0)])],
  ["A15 another certificate's thumbprint", "ATTESTATION_CERTIFICATE", headed(34, [-16, sha256(line)])],
  ["no certificates", "ATTESTATION_CERTIFICATE", token({ unprotected: new Map() })],
  ["A15 another device certificate", "ATTESTATION_CERTIFICATE", token({ unprotected: new Map([[33, [line, line]]]) })],
  ["B3 the root in the line's place", "CERT_PATH_LENGTH", token({ unprotected: new Map([[33, [device, root]]]) })],
  ["one certificate", M, token({ unprotected: new Map([[33, [device]]]) })],
  ["another profile", "ATTESTATION_PROFILE", relabelled(claim.profile, filled(1, 8))],
  ...Object.entries(claim).map(([name, label]) => [`no ${name}`, M, relabelled(label)] as const),
  ["a claim that nobody knows", M, relabelled(-70_000, 1)],
  ["iat, from a unit without a clock", M, relabelled(6, 1_790_000_000)],
  ["a nonce of another length", M, relabelled(claim.nonce, filled(0x42, 31))],
  ["two nonces", M, relabelled(claim.nonce, [NONCE, NONCE])],
  ["oemboot that is a number", M, relabelled(claim.oemboot, 1)],
  ["a debug status between the two", M, relabelled(claim.dbgstat, 1)],
  ["a debug status beyond them", M, relabelled(claim.dbgstat, 4)],
  ["a third slot", M, relabelled(claim.slot, 2)],
  ["a life that is none", M, relabelled(claim.life, 4)],
  ["a boot that is none", M, relabelled(claim.boot, 4)],
  ["a model that is no text", M, relabelled(claim.hwmodel, filled(0xff, 4))],
  ["an empty model", M, relabelled(claim.hwmodel, new Uint8Array())],
  ["a count beyond 32 bits", M, relabelled(claim.claims, 2 ** 32)],
  ["a count below zero", M, relabelled(claim.pairs, -1)],
  ["a version in another scheme", M, relabelled(claim.swversion, ["1.2.3", 1])],
  ["B14 a flipped bit in the signature", "ATTESTATION_SIGNATURE", resigned((s) => flipped(s, 40))],
  ["B14 r of zero", "ATTESTATION_SIGNATURE", resigned((s) => concatBytes(filled(0), s.subarray(32)))],
  ["D18 a signature with high s", "SIGNATURE_HIGH_S", resigned(highS)],
  ["a signature of 63 bytes", M, resigned((s) => s.subarray(1))],
  ["A1 another key's signature", "ATTESTATION_SIGNATURE", token({ signer: "other-device" })],
  ["B1 the line's signature", "ATTESTATION_SIGNATURE", token({ signer: "line" })],
  ["D19 signed as another COSE structure", "ATTESTATION_SIGNATURE", token({ context: "Signature" })],
  ["D8 a payload that was altered", "ATTESTATION_SIGNATURE", alteredPayload()],
  ["A8 another asker's nonce", "ATTESTATION_NONCE", claimed({ nonce: filled(0x43) })],
  ["A5 another chip's id", "ATTESTATION_CLAIM", claimed({ ueid: ueidOf("ffffffffffffffff", key.publicKey) })],
  ["another model than the certificate's", "ATTESTATION_CLAIM", claimed({ hardwareModel: "tm-2" })],
];

function alteredPayload(): Uint8Array {
  const [header, unprotected, , signature] = items();
  return tagged([header, unprotected, encodeClaims({ ...CLAIMS, version: "9.9.9" }), signature]);
}

export const attestationVectors: readonly AttestationVector[] = cases.map(([title, expect, bytes]) => ({
  title,
  expect,
  token: toHex(bytes),
}));
