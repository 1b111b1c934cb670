// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { TouchmarkError } from "../../errors.ts";
import { decodeCertificate } from "../../protocol/certificate.ts";
import { addressOf } from "../../protocol/secp256k1.ts";
import type { Job } from "../station.ts";
import { requireAttested } from "./attested.ts";

/**
 * The unit signs for its certificate with the certified key, over a fresh nonce; a locked one attests, which it alone
 * can as well. Nothing is registered before.
 * @throws CERT_KEY_MISMATCH, SIGNATURE_INVALID, SIGNATURE_HIGH_S, and as requireAttested
 */
export async function verify(job: Job, certificate: Uint8Array): Promise<void> {
  const { station, unit, hello } = job;
  const { ledger, now } = station;
  const { chipId, address, life } = hello;
  const { publicKey } = decodeCertificate(certificate);
  if (life === "locked") {
    if (address !== addressOf(publicKey)) throw new TouchmarkError("CERT_KEY_MISMATCH", { data: { chipId, address } });
    await requireAttested(job);
  } else await unit.verify({ nonce: randomBytes(32), chipId, certificate }, publicKey);
  if (ledger.units.byChip(chipId)?.state === "enrolled") ledger.units.advance(chipId, "verified", now());
}
