// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import type { ProfiledCertificate } from "./check-profile.ts";
import { type Issuer, issue } from "./issue.ts";
import { profiles } from "./profiles.ts";
import { requireInForce } from "./verify-chain.ts";

export interface DeviceRequest {
  /** Of a CSR that checkCsr accepted: compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** Product serial number: PrintableString, 1..32 bytes. */
  readonly serial: string;
  /** 1..32 bytes. */
  readonly hardwareModel: string;
  /** Unix seconds. */
  readonly now: number;
}

// Seconds. A unit judges its certificate against a witnessed block, and finalized blocks are old: a quarter of an hour on
// Ethereum, more where a chain stalls.
const FINALITY_ALLOWANCE = 3_600;

/** Signs under a line that is in force; the ledger counts its units. @throws CERT_PROFILE, CERT_NOT_IN_FORCE, CERT_USAGE */
export async function issueDevice(request: DeviceRequest, line: Issuer): Promise<ProfiledCertificate> {
  const { publicKey, serial, hardwareModel, now } = request;
  if (line.certificate.units === undefined) throw new TouchmarkError("CERT_USAGE", { data: { what: "not a line" } });
  requireInForce(line.certificate, now);
  const subject = {
    name: [
      { type: "organizationName", value: nameValue(line.certificate.subject, "organizationName") ?? "" },
      { type: "serialNumber", value: serial },
    ] as const,
    publicKey,
    manufacturer: { ...line.certificate.manufacturer, hardwareModel },
    notBefore: Math.max(line.certificate.notBefore, now - FINALITY_ALLOWANCE),
    notAfter: profiles.device.lifetime.notAfter ?? now,
  };
  return issue(profiles.device, subject, line);
}
