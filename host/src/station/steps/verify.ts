// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import { decodeCertificate } from "../../protocol/certificate.ts";
import { addressOf } from "../../protocol/secp256k1.ts";
import type { Job } from "../station.ts";

/**
 * The unit signs for its certificate with the certified key, over a fresh nonce. A locked unit has done so before; it
 * has to have the certified key's address still.
 * @throws CERT_KEY_MISMATCH, SIGNATURE_INVALID, SIGNATURE_HIGH_S
 */
export async function verify({ station, unit, hello }: Job, certificate: Uint8Array): Promise<void> {
  const { ledger, now } = station;
  const { chipId, address, life } = hello;
  const { publicKey } = decodeCertificate(certificate);
  if (life === "locked") {
    if (address !== addressOf(publicKey)) throw new TouchmarkError("CERT_KEY_MISMATCH", { data: { chipId, address } });
    return;
  }
  await unit.verify({ nonce: randomBytes(32), chipId, certificate }, publicKey);
  if (ledger.units.byChip(chipId)?.state === "enrolled") ledger.units.advance(chipId, "verified", now());
}
