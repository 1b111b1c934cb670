// SPDX-License-Identifier: Apache-2.0
import { type CsrSession, checkCsr, type LedgerView } from "../authority/check-csr.ts";
import { issueDevice } from "../authority/issue-device.ts";
import { TouchmarkError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { toHex } from "../protocol/bytes.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import type { Line } from "./line.ts";

export interface CertifyRequest {
  /** DER, as the unit gave it. */
  readonly csr: Uint8Array;
  readonly session: CsrSession;
  /** Does the registry on chain hold the session's address? */
  readonly onChain: boolean;
  /** Unix seconds. */
  readonly now: number;
}

export interface CertifiedUnit {
  /** DER of the device certificate. */
  readonly certificate: Uint8Array;
  readonly address: string;
  /** The row was there already: this is its certificate once more. */
  readonly again: boolean;
}

/**
 * Decides over a unit's CSR and gives its certificate. The row stands in the ledger before the certificate leaves, so
 * that whatever stops the station here, the unit gets the same certificate when it comes again.
 * @throws CSR_*, ADDRESS_TAKEN, SERIAL_TAKEN, LEDGER_*, LINE_EXHAUSTED, CERT_NOT_IN_FORCE, CERT_PROFILE, KEY_LOCKED
 */
export async function certifyUnit(request: CertifyRequest, line: Line, ledger: Ledger): Promise<CertifiedUnit> {
  const { csr, session, onChain, now } = request;
  const verdict = checkCsr(csr, session, viewOf(session, onChain, ledger));
  if (verdict.verdict === "refuse") throw verdict.error;
  const { address } = verdict;
  if (verdict.verdict === "again") return { certificate: verdict.certificate, address, again: true };

  requireRoom(line, ledger);
  const { serial, hardwareModel, imei } = session;
  const issued = await issueDevice({ publicKey: verdict.publicKey, serial, hardwareModel, now }, line);
  ledger.transaction(() => {
    // Other ports of the station issued while this one signed.
    requireRoom(line, ledger);
    ledger.certificates.add("device", issued, line.certificate, now);
    ledger.units.add({
      chipId: toHex(session.chipId),
      address,
      serial,
      hardwareModel,
      ...(imei !== undefined && { imei }),
      certificateSerial: toHex(issued.serialNumber),
      line: toHex(line.certificate.serialNumber),
      createdAt: now,
    });
  });
  return { certificate: issued.der, address, again: false };
}

function viewOf({ chipId, publicKey, serial, imei }: CsrSession, onChain: boolean, { units }: Ledger): LedgerView {
  const byChip = units.byChip(toHex(chipId));
  const byAddress = units.byAddress(addressOf(publicKey));
  const bySerial = units.bySerial(serial);
  const byImei = imei === undefined ? undefined : units.byImei(imei);
  return {
    ...(byChip && { byChip }),
    ...(byAddress && { byAddress }),
    ...(bySerial && { bySerial }),
    ...(byImei && { byImei }),
    onChain,
  };
}

function requireRoom({ certificate }: Line, ledger: Ledger): void {
  const issued = ledger.units.countOfLine(toHex(certificate.serialNumber));
  const units = certificate.units ?? 0;
  if (issued >= units) throw new TouchmarkError("LINE_EXHAUSTED", { data: { issued, units } });
}
