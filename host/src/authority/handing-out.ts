// SPDX-License-Identifier: Apache-2.0
// Between a certificate's row and its last file a run can be stopped. The ledger says which certificates stand there:
// the same call takes the row up again, and the status names what no call has taken up.
import { TouchmarkError } from "../errors.ts";
import type { CertificateRow } from "../ledger/certificates.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { decodeCertificate } from "../protocol/certificate.ts";
import { nameValue } from "../protocol/distinguished-name.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import { lastSecond } from "./authority.ts";
import { checkProfile, type ProfiledCertificate } from "./check-profile.ts";
import { profiles } from "./profiles.ts";
import { requireInForce } from "./verify-chain.ts";

export type HandedRole = "line" | "ota";

export interface Unfinished {
  readonly row: CertificateRow;
  /** Absolute path of the folder that its files go to. */
  readonly out: string;
}

const BEGUN = "handing out";
const ENDED = ["handed out", "abandoned"];

/** Certificates that were entered and neither handed out, nor given up, nor revoked. */
export function unfinished({ certificates, events }: Ledger, role: HandedRole): Unfinished[] {
  return certificates.ofRole(role).flatMap((row) => {
    const last = events.of(row.serialNumber).findLast(({ what }) => what === BEGUN || ENDED.includes(what));
    return last?.what === BEGUN && !row.revocation ? [{ row, out: String(last.data["out"]) }] : [];
  });
}

export interface Wanted {
  readonly commonName: string;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly units?: number;
  readonly days: number;
  /** Unix seconds. */
  readonly now: number;
}

/**
 * The certificate of the key's unfinished row; undefined where a new one has to be made.
 * @throws LEDGER_CONFLICT where the run was begun with other values, CERT_NOT_IN_FORCE, KEY_REFUSED for a key that was
 * revoked as compromised, FILE_EXISTS for a key of `keyFile` that has a certificate
 */
export function takeUp(
  ledger: Ledger,
  role: HandedRole,
  wanted: Wanted,
  root: ProfiledCertificate,
  keyFile?: string,
): ProfiledCertificate | undefined {
  const address = addressOf(wanted.publicKey);
  const row = unfinished(ledger, role).find((each) => each.row.address === address)?.row;
  if (!row) {
    requireNewKey(ledger, address, keyFile);
    return undefined;
  }
  const { serialNumber } = row;
  const begun = checkProfile(profiles[role], decodeCertificate(row.der));
  const same = {
    name: nameValue(begun.subject, "commonName") === wanted.commonName,
    units: begun.units === wanted.units,
    days: begun.notAfter === lastSecond(begun.notBefore, wanted.days, root),
  };
  const differs = Object.entries(same).flatMap(([what, is]) => (is ? [] : [what]));
  if (differs.length > 0) {
    const units = role === "line" ? " --all-units" : "";
    const how = `run it as it was begun, or first touchmark ca revoke ${serialNumber} --reason cessationOfOperation${units}`;
    throw new TouchmarkError("LEDGER_CONFLICT", { data: { serialNumber, what: "begun otherwise", differs, how } });
  }
  requireInForce(begun, wanted.now);
  return begun;
}

/** @param out absolute; what was begun for it under another key is given up */
export function begin(ledger: Ledger, role: HandedRole, serialNumber: string, out: string, at: number): string[] {
  const { events } = ledger;
  const abandoned = unfinished(ledger, role)
    .filter((each) => each.out === out && each.row.serialNumber !== serialNumber)
    .map(({ row }) => row.serialNumber);
  for (const subject of abandoned) events.add({ at, subject, what: "abandoned", data: { out } });
  events.add({ at, subject: serialNumber, what: BEGUN, data: { out } });
  return abandoned;
}

export function end({ events }: Ledger, serialNumber: string, at: number): void {
  events.add({ at, subject: serialNumber, what: "handed out", data: {} });
}

function requireNewKey({ certificates }: Ledger, address: string, keyFile: string | undefined): void {
  const rows = (["line", "ota"] as const).flatMap((role) => certificates.ofRole(role));
  const own = rows.filter((row) => row.address === address);
  const lost = own.find(({ revocation }) => revocation?.reason === "keyCompromise");
  const { serialNumber } = lost ?? {};
  if (lost) throw new TouchmarkError("KEY_REFUSED", { data: { what: "revoked for keyCompromise", serialNumber } });
  if (own.length > 0 && keyFile !== undefined) throw new TouchmarkError("FILE_EXISTS", { data: { path: keyFile } });
}
