// SPDX-License-Identifier: Apache-2.0
// What a unit signs, on both sides: the device's code under sanitizers, and the host's.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { decodeAttestation } from "../../host/src/protocol/attestation.ts";
import { encodeClaims } from "../../host/src/protocol/attestation-claims.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { decodeCertificate } from "../../host/src/protocol/certificate.ts";
import { coseDigest } from "../../host/src/protocol/cose-sign1.ts";
import { eat, life } from "../../host/src/protocol/generated.ts";
import { consentDigest, type OwnerConsent, word } from "../../host/src/protocol/owner-consent.ts";
import { publicKeyOf, sha256, verifyDigest } from "../../host/src/protocol/secp256k1.ts";
import { signInDigest, signInMessage } from "../../host/src/protocol/sign-in.ts";
import { requireFinished, verifyAttestation } from "../../host/src/verify/attestation.ts";
import tokens from "../../protocol/vectors/attestation/tokens.json" with { type: "json" };
import { printed, signatureFiles } from "../../protocol/vectors/generate-signatures.ts";
import { CLAIMS } from "../../protocol/vectors/lab/attestations.ts";
import { type ConsentVector, consentDigestOf, type SignInVector } from "../../protocol/vectors/lab/owner-signatures.ts";
import consents from "../../protocol/vectors/signatures/consents.json" with { type: "json" };
import signIns from "../../protocol/vectors/signatures/sign-ins.json" with { type: "json" };
import { deviceSigned, hexOf } from "../support/device-signed.ts";

/** "OK", or the name of the refusal. */
function nameOf(run: () => void): string {
  try {
    run();
    return "OK";
  } catch (error) {
    if (!isTouchmarkError(error)) throw error;
    return error.code;
  }
}

const isAccepted = (run: () => boolean): boolean => {
  try {
    return run();
  } catch {
    return false;
  }
};

describe("attestation vectors", () => {
  const root = fromHex(tokens.root);
  const nonce = fromHex(tokens.nonce);

  for (const { title, expect: expected, token } of tokens.cases) {
    it(`${title}: ${expected}`, () => {
      const verdict = nameOf(() => requireFinished(verifyAttestation(fromHex(token), { root, nonce }).claims));
      expect(verdict).to.equal(expected);
    });
  }

  it("D8 accept no token with a flipped bit", function () {
    this.timeout(60_000);
    const good = fromHex(tokens.cases[0]?.token ?? "");
    const { payload, protectedHeader, certificates } = decodeAttestation(good);
    const { publicKey } = decodeCertificate(certificates?.[0] ?? new Uint8Array());
    const signedBy = (token: Uint8Array): boolean => {
      const read = decodeAttestation(token);
      return verifyDigest(coseDigest(read.protectedHeader, read.payload), read.signature, publicKey);
    };
    expect(signedBy(good)).to.equal(true);
    // The certificates between header and payload are not signed here, but by their issuers.
    const at = (part: Uint8Array) => Buffer.from(good).indexOf(part);
    const head = at(protectedHeader) + protectedHeader.length;
    const bytes = Array.from(good.keys()).filter((byte) => byte < head || byte >= at(payload) - 3);
    const accepted = bytes.filter((byte) => {
      const bad = good.slice();
      bad[byte] = (bad[byte] ?? 0) ^ (1 << (byte % 8));
      return isAccepted(() => signedBy(bad));
    });
    expect(bytes.length).to.be.above(400);
    expect(accepted).to.deep.equal([]);
  });

  it("D7 accept no token that was cut", () => {
    const good = fromHex(tokens.cases[0]?.token ?? "");
    for (let length = 0; length < good.length; length++)
      expect(nameOf(() => verifyAttestation(good.subarray(0, length), { root, nonce }))).to.equal(
        "ATTESTATION_MALFORMED",
      );
  });

  it("name claims that the device writes byte for byte", function () {
    this.timeout(120_000);
    const c = CLAIMS;
    const publicKey = publicKeyOf(sha256(Buffer.from("touchmark FAKE device", "utf8")));
    const line = [
      ...["claims", toHex(c.nonce), c.chipId, toHex(publicKey), toHex(c.oemid), hexOf(c.hardwareModel), c.version],
      ...[toHex(c.manifestDigest), toHex(c.imageDigest), c.securityVersion, c.slot, eat.boot[c.boot], life[c.life]],
      ...[c.debugClosed ? 1 : 0, toHex(c.trustHash), c.floorNumber, c.floorTimestamp, c.rollback, c.claims, c.pairs],
    ].join(" ");
    expect(deviceSigned([line])).to.deep.equal([toHex(encodeClaims(c))]);
  });
});

const consentLine = (v: Omit<ConsentVector, "title" | "digest">): string => {
  const second = v.kind === "claim" ? v.second.slice(2) : toHex(word(BigInt(v.second)));
  const registry = v.registry.slice(2).toLowerCase();
  return [
    "consent",
    v.kind,
    v.domain,
    v.chainId,
    registry,
    toHex(word(BigInt(v.token))),
    second,
    v.nonce,
    v.deadline,
  ].join(" ");
};

function consentOf({ kind, domain, token, second, nonce, deadline }: Omit<ConsentVector, "title" | "digest">) {
  const limits = { nonce: BigInt(nonce), deadline: BigInt(deadline) };
  const subject = kind === "claim" ? { owner: second } : { vehicle: BigInt(second) };
  return { kind, token: BigInt(token), ...subject, ...(domain === "own" && { limits }) } as OwnerConsent;
}

const hostDigest = (v: Omit<ConsentVector, "title" | "digest">): string =>
  toHex(consentDigest(consentOf(v), BigInt(v.chainId), fromHex(v.registry)));

describe("vectors of claims and pairings", () => {
  const vectors = consents as ConsentVector[];

  let onDevice: string[];
  before(function () {
    this.timeout(120_000);
    onDevice = deviceSigned(vectors.map(consentLine));
  });

  for (const [at, vector] of vectors.entries()) {
    it(`${vector.title}: ethers, host and device agree`, () => {
      expect(`0x${hostDigest(vector)}`).to.equal(vector.digest);
      expect(`0x${onDevice[at]}`).to.equal(vector.digest);
    });
  }

  it("C11 all differ", () => {
    expect(new Set(vectors.map(({ digest }) => digest)).size).to.equal(vectors.length);
  });

  it("agree over fields at random", () => {
    const uint = (bytes: number): string => `${BigInt(`0x${randomBytes(bytes).toString("hex")}`)}`;
    const drawn = Array.from({ length: 300 }, (_, at) => {
      const kind = (["claim", "pair", "unpair"] as const)[at % 3] ?? "claim";
      const domain = kind === "unpair" || at % 2 === 0 ? ("own" as const) : ("dimo" as const);
      const address = `0x${randomBytes(20).toString("hex")}`;
      const second = kind === "claim" ? address : uint(32);
      const registry = `0x${randomBytes(20).toString("hex")}`;
      return { kind, domain, chainId: uint(8), registry, token: uint(32), second, nonce: uint(8), deadline: uint(8) };
    });
    const expected = drawn.map((each) => consentDigestOf(each).slice(2));
    expect(drawn.map(hostDigest)).to.deep.equal(expected);
    expect(deviceSigned(drawn.map(consentLine))).to.deep.equal(expected);
  });
});

describe("vectors of sign-ins", () => {
  const onHost = ({ issuedAt, ...fields }: SignInVector): string => {
    let digest = "";
    const verdict = nameOf(() => {
      digest = toHex(signInDigest(signInMessage({ ...fields, issuedAt: BigInt(issuedAt) })));
    });
    return verdict === "OK" ? digest : verdict;
  };
  const line = (v: SignInVector): string =>
    ["sign-in", hexOf(v.domain), hexOf(v.client), hexOf(v.nonce), v.issuedAt, v.address.slice(2)].join(" ");

  const vectors = signIns as SignInVector[];
  let onDevice: string[];
  before(function () {
    this.timeout(120_000);
    onDevice = deviceSigned(vectors.map(line));
  });

  for (const [at, vector] of vectors.entries()) {
    it(`${vector.title}: ethers, host and device agree`, () => {
      expect(onHost(vector)).to.equal(vector.expect);
      expect(onDevice[at]).to.equal(vector.expect);
    });
  }

  it("agree over times at random", () => {
    const drawn = vectors.slice(0, 1).flatMap((vector) =>
      Array.from({ length: 500 }, () => {
        const issuedAt = `${BigInt(`0x${randomBytes(8).toString("hex")}`) % 253_402_300_800n}`;
        return { ...vector, issuedAt, address: `0x${randomBytes(20).toString("hex")}` };
      }),
    );
    expect(deviceSigned(drawn.map(line))).to.deep.equal(drawn.map(onHost));
  });
});

describe("the files of these vectors", () => {
  for (const [path, file] of Object.entries(signatureFiles)) {
    it(`${path} is what generate-signatures.ts writes`, () => {
      expect(readFileSync(new URL(`../../protocol/vectors/${path}`, import.meta.url), "utf8")).to.equal(printed(file));
    });
  }
});
