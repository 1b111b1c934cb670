// SPDX-License-Identifier: Apache-2.0
// CRL v2 (RFC 5280 §5) signed by the root. An entry names the block from which a line's certificates no longer count.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { contextConstructedTag, type DerReader, malformed, readDer, Tag } from "./der.ts";
import { type Asn1, context, encodeDer, enumerated, integer, integerContents, sequence, time } from "./der-writer.ts";
import { type DistinguishedName, distinguishedName, readDistinguishedName } from "./distinguished-name.ts";
import {
  type Extension,
  type ExtensionType,
  extensions,
  fromExtension,
  readExtensions,
  toExtension,
} from "./extensions/extension.ts";
import { authorityKeyIdentifier, readAuthorityKeyIdentifier } from "./extensions/key-identifier.ts";
import { oids } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";
import { encodeSigned, readSignatureAlgorithm, readSigned, signatureAlgorithm } from "./signature-algorithm.ts";

/** CRLReason (RFC 5280 §5.3.1), those that we give. */
export const RevocationReason = { keyCompromise: 1, superseded: 4, cessationOfOperation: 5 } as const;

export type RevocationReasonName = keyof typeof RevocationReason;

export interface Revocation {
  /** INTEGER contents of the certificate's serial number. */
  readonly serialNumber: Uint8Array;
  /** Unix seconds. */
  readonly revokedAt: number;
  readonly reason: RevocationReasonName;
  /** Units registered before this block keep a revoked line's certificates; absent: none do. */
  readonly block?: bigint;
}

export interface CrlBody {
  readonly issuer: DistinguishedName;
  /** Unix seconds. */
  readonly thisUpdate: number;
  /** Unix seconds. */
  readonly nextUpdate: number;
  /** Counts up from 1. */
  readonly number: bigint;
  /** Key identifier of the root. */
  readonly authorityKeyIdentifier: Uint8Array;
  readonly revocations: readonly Revocation[];
}

export interface Crl extends CrlBody {
  readonly der: Uint8Array;
  readonly bodyDigest: Uint8Array;
  /** r ‖ s, 64 bytes. */
  readonly signature: Uint8Array;
}

const VERSION_2 = 1;
const REVOCATIONS_MAX = 10_000;

const keyIdentifierType: ExtensionType<Uint8Array> = {
  oid: oids.authorityKeyIdentifier.contents,
  critical: false,
  write: authorityKeyIdentifier,
  read: readAuthorityKeyIdentifier,
};
const numberType = unsignedType(oids.crlNumber.contents);
const blockType = unsignedType(oids.touchmarkRevocationBlock.contents);
const reasonType: ExtensionType<RevocationReasonName> = {
  oid: oids.crlReason.contents,
  critical: false,
  write: (reason) => enumerated(RevocationReason[reason]),
  read: readReason,
};

/** @param sign gives r ‖ s, low-S, over the TBSCertList's SHA-256 */
export async function encodeCrl(body: CrlBody, sign: (digest: Uint8Array) => Promise<Uint8Array>): Promise<Uint8Array> {
  const tbs = tbsCertList(body);
  return encodeSigned(tbs, await sign(sha256(encodeDer(tbs))));
}

/** @throws DER_MALFORMED, CERT_PROFILE, CERT_ALGORITHM, SIGNATURE_RANGE */
export function decodeCrl(der: Uint8Array): Crl {
  const { body, signature } = readDer(der, readSigned);
  const fields = readDer(body, readTbsCertList);
  if (!equalBytes(encodeDer(tbsCertList(fields)), body)) throw malformed("CRL re-encodes otherwise");
  return { ...fields, der, bodyDigest: sha256(body), signature };
}

function tbsCertList(body: CrlBody): Asn1 {
  const list = [toExtension(keyIdentifierType, body.authorityKeyIdentifier), toExtension(numberType, body.number)];
  return sequence(
    integer(VERSION_2),
    signatureAlgorithm(),
    distinguishedName(body.issuer),
    time(body.thisUpdate),
    time(body.nextUpdate),
    // revokedCertificates is absent, not empty, where there is none (§5.1.2.6).
    ...(body.revocations.length === 0 ? [] : [sequence(...body.revocations.map(revocation))]),
    context(0, extensions(list)),
  );
}

function revocation({ serialNumber, revokedAt, reason, block }: Revocation): Asn1 {
  const list = [toExtension(reasonType, reason), ...(block === undefined ? [] : [toExtension(blockType, block)])];
  return sequence(integerContents(serialNumber), time(revokedAt), extensions(list));
}

function readTbsCertList(reader: DerReader): CrlBody {
  return reader.within(Tag.sequence, (inner) => {
    if (inner.uint64() !== BigInt(VERSION_2)) throw outside("version");
    readSignatureAlgorithm(inner);
    const issuer = readDistinguishedName(inner, 2);
    const thisUpdate = inner.time();
    const nextUpdate = inner.time();
    const listed = inner.tag === Tag.sequence;
    const revocations = listed ? inner.list(Tag.sequence, REVOCATIONS_MAX, readRevocation) : [];
    const list = inner.within(contextConstructedTag(0), readExtensions);
    return {
      issuer,
      thisUpdate,
      nextUpdate,
      number: required(list, numberType),
      authorityKeyIdentifier: required(list, keyIdentifierType),
      revocations,
    };
  });
}

function readRevocation(reader: DerReader): Revocation {
  return reader.within(Tag.sequence, (inner) => {
    const serialNumber = inner.integer();
    const revokedAt = inner.time();
    const list = readExtensions(inner);
    const block = list.find(({ oid }) => oid === blockType.oid);
    return {
      serialNumber,
      revokedAt,
      reason: required(list, reasonType),
      ...(block && { block: fromExtension(blockType, block) }),
    };
  });
}

function readReason(reader: DerReader): RevocationReasonName {
  const number = Number(reader.uint64(Tag.enumerated));
  const reason = Object.entries(RevocationReason).find(([, value]) => value === number)?.[0];
  if (!reason) throw outside("reason");
  return reason as RevocationReasonName;
}

function unsignedType(oid: string): ExtensionType<bigint> {
  return { oid, critical: false, write: integer, read: (reader) => reader.uint64() };
}

function required<T>(list: readonly Extension[], type: ExtensionType<T>): T {
  const extension = list.find(({ oid }) => oid === type.oid);
  if (!extension) throw outside(`extension ${type.oid}`);
  return fromExtension(type, extension);
}

function outside(what: string): TouchmarkError {
  return new TouchmarkError("CERT_PROFILE", { data: { what } });
}
