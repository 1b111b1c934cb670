// SPDX-License-Identifier: Apache-2.0
// Is a minting certificate the word of a line of this root about this unit? protocol/minting-record.md, "Order of checks".
import { type VerifyOptions, verifyChain } from "../authority/verify-chain.ts";
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "../protocol/bytes.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import type { MintingCertificate } from "../protocol/minting-certificate.ts";
import {
  decodeMintingRecord,
  imeiHash,
  type MintingRecord,
  mintingDigest,
  mintingRecordHash,
  mintingTests,
  saltedSerialHash,
} from "../protocol/minting-record.ts";
import { sha256 } from "../protocol/secp256k1.ts";
import { requireSigned } from "./signed.ts";

export interface MintingTerms extends Pick<VerifyOptions, "crl" | "registeredBlock"> {
  /** DER of the root that the asker trusts. */
  readonly root: Uint8Array;
  /** As the batch's leaf has it, where it is asked for. */
  readonly hash?: Uint8Array;
  /** As the owner was told it. */
  readonly imei?: { readonly imei: string; readonly salt: Uint8Array };
}

export interface MintedUnit extends MintingRecord {
  readonly mintingRecordHash: Uint8Array;
  readonly saltedSerialHash: Uint8Array;
}

/** @throws MINTING_*, COSE_ALGORITHM, CERT_*, DER_MALFORMED, SIGNATURE_HIGH_S, CRL_STALE */
export function verifyMinting(certificate: MintingCertificate, terms: MintingTerms): MintedUnit {
  const { device, line, salt } = certificate;
  const { lineHash, protectedHeader, payload, record, signature } = decodeMintingRecord(certificate.record);
  if (!equalBytes(sha256(line), lineHash)) throw wrongCertificate("line");
  if (!equalBytes(sha256(device), record.certificateHash)) throw wrongCertificate("device");
  const { root, crl, registeredBlock } = terms;
  const path = verifyChain("device", [device, line, root], {
    rootHash: sha256(root),
    ...(crl && { crl }),
    ...(registeredBlock !== undefined && { registeredBlock }),
  });
  const [signer] = path.issuers;
  if (!signer) throw wrongCertificate("line");
  requireSigned(mintingDigest(protectedHeader, payload), signature, signer.publicKey, "MINTING_SIGNATURE");
  requireAgreement(record, path.leaf, path.address);
  if (record.date < signer.notBefore || record.date > signer.notAfter) throw contradicts("date");
  for (const test of mintingTests) requirePassed(record, test);
  const hash = mintingRecordHash(certificate.record, salt);
  if (terms.hash && !equalBytes(hash, terms.hash)) throw new TouchmarkError("MINTING_HASH", { data: { of: "record" } });
  if (terms.imei) requireImei(record, terms.imei);
  return { ...record, mintingRecordHash: hash, saltedSerialHash: saltedSerialHash(record.serial, salt) };
}

function requireAgreement(record: MintingRecord, leaf: ReturnType<typeof verifyChain>["leaf"], address: string): void {
  const { chainId, manufacturerId, hardwareModel } = leaf.manufacturer;
  const certified = {
    chainId,
    manufacturerId,
    hardwareModel,
    address,
    manufacturer: nameValue(leaf.subject, "organizationName"),
    serial: nameValue(leaf.subject, "serialNumber"),
  };
  for (const [field, value] of Object.entries(certified))
    if (record[field as keyof typeof certified] !== value) throw contradicts(field);
}

function requirePassed({ tests }: MintingRecord, name: (typeof mintingTests)[number]): void {
  const result = tests.find(({ test }) => test === name);
  if (!result?.passed)
    throw new TouchmarkError("MINTING_TESTS", { data: { test: name, what: result ? "not passed" : "missing" } });
}

function requireImei({ imeiHash: recorded }: MintingRecord, { imei, salt }: NonNullable<MintingTerms["imei"]>): void {
  if (!recorded || !equalBytes(imeiHash(imei, salt), recorded))
    throw new TouchmarkError("MINTING_HASH", { data: { of: "imei" } });
}

const contradicts = (field: string): TouchmarkError => new TouchmarkError("MINTING_FIELD", { data: { field } });
const wrongCertificate = (which: string): TouchmarkError =>
  new TouchmarkError("MINTING_CERTIFICATE", { data: { which } });
