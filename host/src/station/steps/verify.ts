// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { decodeCertificate } from "../../protocol/certificate.ts";
import type { Job } from "../station.ts";

/**
 * The unit signs for its certificate with the certified key, over a fresh nonce.
 * @throws CERT_KEY_MISMATCH, SIGNATURE_INVALID, SIGNATURE_HIGH_S
 */
export async function verify({ station, unit, hello: { chipId } }: Job, certificate: Uint8Array): Promise<void> {
  const { ledger, now } = station;
  const { publicKey } = decodeCertificate(certificate);
  await unit.verify({ nonce: randomBytes(32), chipId, certificate }, publicKey);
  if (ledger.units.byChip(chipId)?.state === "enrolled") ledger.units.advance(chipId, "verified", now());
}
