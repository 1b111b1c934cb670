// SPDX-License-Identifier: Apache-2.0
// A unit's minting record, signed as its certificate is issued: what the CSR has shown, what the tests before it gave.
import { randomBytes } from "node:crypto";
import type { CsrSession } from "../authority/check-csr.ts";
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import type { NewMinting } from "../ledger/mintings.ts";
import { toHex } from "../protocol/bytes.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import { imeiHash, signMintingRecord, type TestResult } from "../protocol/minting-record.ts";
import { addressOf, sha256 } from "../protocol/secp256k1.ts";
import type { Line } from "./line.ts";

export interface MintRequest {
  readonly certificate: ProfiledCertificate;
  readonly session: CsrSession;
  readonly tests: readonly TestResult[];
  /** Unix seconds. */
  readonly now: number;
}

/** @throws MINTING_MALFORMED, KEY_LOCKED */
export async function mint({ certificate, session, tests, now }: MintRequest, line: Line): Promise<NewMinting> {
  const { chainId, manufacturerId } = certificate.manufacturer;
  const { serial, hardwareModel, imei, firmwareDigest } = session;
  const imeiSalt = imei === undefined ? undefined : Uint8Array.from(randomBytes(32));
  const chipId = toHex(session.chipId);
  const record = {
    chainId,
    manufacturerId,
    manufacturer: nameValue(certificate.subject, "organizationName") ?? "",
    hardwareModel,
    serial,
    chipId,
    address: addressOf(certificate.publicKey),
    certificateHash: sha256(certificate.der),
    firmwareDigest,
    date: now,
    tests,
    ...(imei !== undefined && imeiSalt && { imeiHash: imeiHash(imei, imeiSalt) }),
  };
  const signed = await signMintingRecord(record, sha256(line.certificate.der), (digest) => line.signer.sign(digest));
  return { chipId, record: signed, salt: Uint8Array.from(randomBytes(32)), ...(imeiSalt && { imeiSalt }) };
}
