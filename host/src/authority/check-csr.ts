// SPDX-License-Identifier: Apache-2.0
// The CA's policy over a device's certification request. A request is accepted only if
//  1. it is strict DER of its one form: re-encoding gives the same bytes (CSR_NOT_DER);
//  2. its key signed it (CSR_SIGNATURE);
//  3. it binds this session: the key and chip of begin, the station's nonce, the firmware's digest (CSR_BINDING);
//  4. its subject is its chip id (CSR_BINDING);
//  5. the address is no other chip's (ADDRESS_TAKEN);
//  6. the chip has no other key, nor another serial number or model (LEDGER_CONFLICT);
//  7. the serial number and IMEI are no other unit's (SERIAL_TAKEN);
//  8. a new address is also new on chain (ADDRESS_TAKEN).
// A chip whose row agrees gets the certificate of that row again, whatever the chain says by now.
import { type ErrorDetails, isTouchmarkError, TouchmarkError } from "../errors.ts";
import type { LedgerUnit } from "../ledger/units.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import { type Csr, decodeCsr } from "../protocol/csr.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import type { ErrorName } from "../protocol/generated.ts";
import { addressOf, verifyDigest } from "../protocol/secp256k1.ts";

export interface CsrSession {
  /** The station's of this session, 32 bytes. */
  readonly nonce: Uint8Array;
  /** As hello and begin gave it, 8 bytes. */
  readonly chipId: Uint8Array;
  /** Manifest digest of the firmware that the station expects to run, 32 bytes. */
  readonly firmwareDigest: Uint8Array;
  /** As begin gave it, compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly serial: string;
  readonly hardwareModel: string;
  readonly imei?: string;
}

/** What the ledger and the chain know about the names of a session. */
export interface LedgerView {
  readonly byChip?: LedgerUnit;
  readonly byAddress?: LedgerUnit;
  readonly bySerial?: LedgerUnit;
  readonly byImei?: LedgerUnit;
  /** Does the registry on chain hold the session's address? */
  readonly onChain: boolean;
}

export type CsrVerdict =
  | { readonly verdict: "issue"; readonly publicKey: Uint8Array; readonly address: string }
  | { readonly verdict: "again"; readonly certificate: Uint8Array; readonly address: string }
  | { readonly verdict: "refuse"; readonly error: TouchmarkError };

/** Pure: the same request, session and view give the same verdict. */
export function checkCsr(der: Uint8Array, session: CsrSession, view: LedgerView): CsrVerdict {
  try {
    const csr = decodeCsr(der);
    const address = addressOf(csr.publicKey);
    requireSignature(csr);
    requireBinding(csr, session);
    return requireNew(csr.publicKey, address, session, view);
  } catch (error) {
    if (isTouchmarkError(error)) return { verdict: "refuse", error };
    throw error;
  }
}

// Other tools' requests may have a high s; our devices' never do.
function requireSignature({ bodyDigest, signature, publicKey }: Csr): void {
  let cause: unknown;
  try {
    if (verifyDigest(bodyDigest, signature, publicKey, { highS: true })) return;
  } catch (error) {
    cause = error;
  }
  throw new TouchmarkError("CSR_SIGNATURE", { cause });
}

function requireBinding({ publicKey, subject, birth }: Csr, session: CsrSession): void {
  const chip = toHex(session.chipId);
  const bound = {
    key: equalBytes(publicKey, session.publicKey),
    nonce: equalBytes(birth.nonce, session.nonce),
    chipId: equalBytes(birth.chipId, session.chipId),
    firmwareDigest: equalBytes(birth.firmwareDigest, session.firmwareDigest),
    subject: subject.length === 1 && nameValue(subject, "serialNumber") === chip,
  };
  const wrong = Object.entries(bound).filter(([, same]) => !same);
  if (wrong.length > 0) throw new TouchmarkError("CSR_BINDING", { data: { differs: wrong.map(([what]) => what) } });
}

function requireNew(publicKey: Uint8Array, address: string, session: CsrSession, view: LedgerView): CsrVerdict {
  const { byChip, byAddress, bySerial, byImei, onChain } = view;
  const chipId = toHex(session.chipId);
  if (byAddress && byAddress.chipId !== chipId) throw refused("ADDRESS_TAKEN", { address, chipId: byAddress.chipId });
  if (byChip && byChip.address !== address) throw refused("LEDGER_CONFLICT", { chipId, address: byChip.address });
  for (const [what, unit] of Object.entries({ serial: bySerial, imei: byImei }))
    if (unit && unit.chipId !== chipId) throw refused("SERIAL_TAKEN", { what, chipId: unit.chipId });
  if (byChip) return again(byChip, session);
  if (onChain) throw refused("ADDRESS_TAKEN", { address, where: "chain" });
  return { verdict: "issue", publicKey, address };
}

function again(unit: LedgerUnit, { serial, hardwareModel, imei }: CsrSession): CsrVerdict {
  if (unit.serial !== serial || unit.hardwareModel !== hardwareModel || unit.imei !== imei)
    throw refused("LEDGER_CONFLICT", { chipId: unit.chipId, serial: unit.serial, hardwareModel: unit.hardwareModel });
  return { verdict: "again", certificate: unit.certificate, address: unit.address };
}

function refused(code: ErrorName, data: NonNullable<ErrorDetails["data"]>): TouchmarkError {
  return new TouchmarkError(code, { data });
}
