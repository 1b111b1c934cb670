// SPDX-License-Identifier: Apache-2.0
// The claims set of protocol/attestation.md: RFC 9711's claims, then ours at private labels.
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { type Boot, bootOf } from "./boot.ts";
import { concatBytes, equalBytes, fromHex, toHex } from "./bytes.ts";
import { type CborInput, encode } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { domains, eat, limits, life as lives, oids } from "./generated.ts";
import { type Life, lifeOf } from "./life.ts";
import { sha256 } from "./secp256k1.ts";

/** No `iat`: a unit has no clock. The asker's nonce says that the token is fresh. */
export interface AttestationClaims {
  readonly nonce: Uint8Array;
  /** RAND: a type byte and 32 bytes that follow from chip and key. */
  readonly ueid: Uint8Array;
  /** Vendor id, 16 bytes. */
  readonly oemid: Uint8Array;
  readonly hardwareModel: string;
  /** From lock on the bootloader runs nothing but signed releases. */
  readonly oemboot: boolean;
  /** The chip's debug and download ports are closed for good. */
  readonly debugClosed: boolean;
  readonly version: string;
  /** 16 lower-case hexadecimal digits. */
  readonly chipId: string;
  readonly life: Life;
  readonly boot: Boot;
  /** 0 A, 1 B. */
  readonly slot: number;
  readonly manifestDigest: Uint8Array;
  readonly imageDigest: Uint8Array;
  readonly securityVersion: number;
  readonly trustHash: Uint8Array;
  /** Highest block that the unit has seen proved, and its time in unix seconds. */
  readonly floorNumber: bigint;
  readonly floorTimestamp: bigint;
  readonly rollback: number;
  /** Signatures that the unit gave, or at least began to give. */
  readonly claims: number;
  readonly pairs: number;
}

const UINT32_MAX = 0xffffffff;
const { claim, dbgstat } = eat;

/** @param chipId 16 hexadecimal digits @param publicKey 33 bytes */
export function ueidOf(chipId: string, publicKey: Uint8Array): Uint8Array {
  const hash = sha256(concatBytes(Buffer.from(`${domains.ueid}\0`), fromHex(chipId), publicKey));
  return concatBytes(Uint8Array.of(eat.ueidRand), hash);
}

/** As firmware/core/attestation.c does. */
export function encodeClaims(claims: AttestationClaims): Uint8Array {
  return encode(
    new Map<number, CborInput>([
      [claim.nonce, claims.nonce],
      [claim.ueid, claims.ueid],
      [claim.oemid, claims.oemid],
      [claim.hwmodel, Buffer.from(claims.hardwareModel, "utf8")],
      [claim.oemboot, claims.oemboot],
      [claim.dbgstat, claims.debugClosed ? dbgstat.disabledPermanently : dbgstat.enabled],
      [claim.profile, fromHex(oids.touchmarkAttestation.contents)],
      [claim.swversion, [claims.version, eat.versionSchemeSemver]],
      [claim.chip, fromHex(claims.chipId)],
      [claim.life, lives[claims.life]],
      [claim.boot, eat.boot[claims.boot]],
      [claim.slot, claims.slot],
      [claim.manifestDigest, claims.manifestDigest],
      [claim.imageDigest, claims.imageDigest],
      [claim.securityVersion, claims.securityVersion],
      [claim.trustHash, claims.trustHash],
      [claim.floor, [claims.floorNumber, claims.floorTimestamp]],
      [claim.rollback, claims.rollback],
      [claim.claims, claims.claims],
      [claim.pairs, claims.pairs],
    ]),
  );
}

/** All of them, in their one order. @throws ATTESTATION_MALFORMED, ATTESTATION_PROFILE */
export function readClaims(bytes: Uint8Array): AttestationClaims {
  const fields = CborFields.open(bytes, "ATTESTATION_MALFORMED").map();
  const labelled = (label: number): CborFields => {
    fields.expect(label);
    return fields;
  };
  const read = {
    nonce: labelled(claim.nonce).bytes(32),
    ueid: labelled(claim.ueid).bytes(33),
    oemid: labelled(claim.oemid).bytes(16),
    hardwareModel: utf8(labelled(claim.hwmodel).bytes(1, limits.hardwareModelBytes)),
    oemboot: labelled(claim.oemboot).flag(),
    debugClosed: debugClosed(labelled(claim.dbgstat).number(dbgstat.disabledPermanently)),
    ...profile(labelled(claim.profile).bytes(1, 64)),
    version: version(labelled(claim.swversion).array(2, 2)),
    chipId: toHex(labelled(claim.chip).bytes(8)),
    life: named(() => lifeOf(labelled(claim.life).number(UINT32_MAX))),
    boot: named(() => bootOf(labelled(claim.boot).number(UINT32_MAX))),
    slot: labelled(claim.slot).number(1),
    manifestDigest: labelled(claim.manifestDigest).bytes(32),
    imageDigest: labelled(claim.imageDigest).bytes(32),
    securityVersion: labelled(claim.securityVersion).number(UINT32_MAX),
    trustHash: labelled(claim.trustHash).bytes(32),
    ...floor(labelled(claim.floor).array(2, 2)),
    rollback: labelled(claim.rollback).number(UINT32_MAX),
    claims: labelled(claim.claims).number(UINT32_MAX),
    pairs: labelled(claim.pairs).number(UINT32_MAX),
  };
  fields.end();
  return read;
}

function floor(items: CborFields): { floorNumber: bigint; floorTimestamp: bigint } {
  return { floorNumber: items.uint(), floorTimestamp: items.uint() };
}

function version(items: CborFields): string {
  const text = items.text();
  items.expect(eat.versionSchemeSemver);
  return text;
}

function profile(oid: Uint8Array): Record<string, never> {
  if (!equalBytes(oid, fromHex(oids.touchmarkAttestation.contents)))
    throw new TouchmarkError("ATTESTATION_PROFILE", { data: { oid: toHex(oid) } });
  return {};
}

function debugClosed(status: number): boolean {
  if (status !== dbgstat.enabled && status !== dbgstat.disabledPermanently) throw malformed();
  return status === dbgstat.disabledPermanently;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed(cause);
  }
}

function named<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw isTouchmarkError(cause, "MESSAGE_FIELD") ? malformed(cause) : cause;
  }
}

const malformed = (cause?: unknown): TouchmarkError => new TouchmarkError("ATTESTATION_MALFORMED", { cause });
