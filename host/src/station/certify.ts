// SPDX-License-Identifier: Apache-2.0
import { type CsrSession, checkCsr, type LedgerView } from "../authority/check-csr.ts";
import { issueDevice } from "../authority/issue-device.ts";
import { TouchmarkError } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { UnitRow } from "../ledger/units.ts";
import { toHex } from "../protocol/bytes.ts";
import type { TestResult } from "../protocol/minting-record.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import { requireCertified } from "../registry/model-certificate.ts";
import type { Line } from "./line.ts";
import { mint } from "./mint.ts";

export interface CertifyRequest {
  /** DER, as the unit gave it. */
  readonly csr: Uint8Array;
  readonly session: CsrSession;
  /** Does the registry on chain hold the session's address? */
  readonly onChain: boolean;
  /** Before birth: ICT, QA. */
  readonly tests?: readonly TestResult[];
  /** Chip id of the scrapped board whose serial number and IMEI this one takes over. */
  readonly replaces?: string;
  /** Unix seconds until which the chain certifies the session's model; 0 = not, undefined = its registry certifies none. */
  readonly modelValidUntil: bigint | undefined;
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
 * @throws CSR_*, ADDRESS_TAKEN, SERIAL_TAKEN, MODEL_NOT_CERTIFIED, LEDGER_*, LINE_EXHAUSTED, CERT_NOT_IN_FORCE, CERT_PROFILE, KEY_LOCKED
 */
export async function certifyUnit(request: CertifyRequest, line: Line, ledger: Ledger): Promise<CertifiedUnit> {
  const { csr, session, now, tests = [] } = request;
  const verdict = checkCsr(csr, session, viewOf(request, ledger));
  if (verdict.verdict === "refuse") throw verdict.error;
  const { address } = verdict;
  if (verdict.verdict === "again") return { certificate: verdict.certificate, address, again: true };

  const model = session.hardwareModel;
  requireCertified({ model, validUntil: request.modelValidUntil, now });
  requireRoom(line, ledger);
  const { serial, hardwareModel, imei } = session;
  const issued = await issueDevice({ publicKey: verdict.publicKey, serial, hardwareModel, now }, line);
  const minting = await mint({ certificate: issued, session, tests, now }, line);
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
    ledger.mintings.add(minting);
  });
  return { certificate: issued.der, address, again: false };
}

function viewOf({ session, onChain, replaces }: CertifyRequest, { units }: Ledger): LedgerView {
  const { chipId, publicKey, serial, imei } = session;
  const byChip = units.byChip(toHex(chipId));
  const byAddress = units.byAddress(addressOf(publicKey));
  const others = (unit: UnitRow | undefined) =>
    unit?.state === "scrapped" && unit.chipId === replaces ? undefined : unit;
  const bySerial = others(units.bySerial(serial));
  const byImei = imei === undefined ? undefined : others(units.byImei(imei));
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
