// SPDX-License-Identifier: Apache-2.0
// What the CA has issued and what of it is in force, from its ledger alone: no chain is asked.

import type { CertificateRow } from "../ledger/certificates.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { decodeCrl } from "../protocol/crl.ts";
import { unfinished } from "./handing-out.ts";
import type { Office } from "./office.ts";

export type Standing = "in force" | "not yet" | "expired" | "revoked";

export interface CertificateStatus {
  readonly serialNumber: string;
  readonly role: CertificateRow["role"];
  readonly subject: string;
  readonly address: string;
  readonly standing: Standing;
  /** Unix seconds. */
  readonly notAfter: number;
  readonly daysLeft: number;
  /** Of a line: what its station's ledger has issued, where that ledger was given, of its cap. */
  readonly units?: { readonly issued?: number; readonly cap: number };
  /** Folder that its files go to, where the run was stopped before all were written. */
  readonly unfinished?: string;
  readonly revocation?: { readonly at: number; readonly reason: string; readonly block?: bigint };
}

export interface OfficeStatus {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  readonly keyReference: string;
  readonly certificates: readonly CertificateStatus[];
  /** Absent: none was published. */
  readonly crl?: { readonly number: bigint; readonly nextUpdate: number; readonly stale: boolean };
  /** What the officer should do next, most urgent first. */
  readonly advice: readonly string[];
}

/** A station's ledger, and the number of the list that it has beside it. */
export interface StationFolder {
  readonly name: string;
  /** Absent: the station has certified nothing yet. */
  readonly ledger?: Ledger;
  readonly list?: bigint;
}

const DAY = 86_400;
const SOON_DAYS = 14;

/** @param stations for the units they issued, and the lists they have @param now unix seconds */
export function officeStatus(office: Office, stations: readonly StationFolder[], now: number): OfficeStatus {
  const { certificates, lists } = office.ledger;
  const rows = (["root", "line", "ota"] as const).flatMap((role) => certificates.ofRole(role));
  const begun = new Map(
    (["line", "ota"] as const)
      .flatMap((role) => unfinished(office.ledger, role))
      .map(({ row, out }) => [row.serialNumber, out]),
  );
  const statuses = rows.map((row) => certificateStatus(row, stations, begun.get(row.serialNumber), now));
  const latest = lists.latest();
  const list = latest && decodeCrl(latest);
  const crl = list && { number: list.number, nextUpdate: list.nextUpdate, stale: now > list.nextUpdate };
  const { chainId, manufacturerId } = office.root.manufacturer;
  return {
    chainId,
    manufacturerId,
    keyReference: office.keyReference,
    certificates: statuses,
    ...(crl && { crl }),
    advice: [
      ...office.mended.map(adviceOfMended),
      ...stations.flatMap((station) => adviceOfList(station, list?.number)),
      ...(crl?.stale === true ? ["publish a new revocation list: ca revoke --refresh"] : []),
      ...statuses.flatMap(adviceOf),
    ],
  };
}

function certificateStatus(
  row: CertificateRow,
  stations: readonly StationFolder[],
  begun: string | undefined,
  now: number,
): CertificateStatus {
  const { serialNumber, role, subject, address, notAfter, units, revocation } = row;
  const issued = stations.reduce((sum, { ledger }) => sum + (ledger?.units.countOfLine(serialNumber) ?? 0), 0);
  return {
    serialNumber,
    role,
    subject,
    address,
    standing: standing(row, now),
    notAfter,
    daysLeft: Math.floor((notAfter - now) / DAY),
    ...(units !== undefined && { units: { ...(stations.length > 0 && { issued }), cap: units } }),
    ...(begun !== undefined && { unfinished: begun }),
    ...(revocation && {
      revocation: {
        at: revocation.revokedAt,
        reason: revocation.reason,
        ...(revocation.block !== undefined && { block: revocation.block }),
      },
    }),
  };
}

function standing({ notBefore, notAfter, revocation }: CertificateRow, now: number): Standing {
  if (revocation) return "revoked";
  if (now < notBefore) return "not yet";
  return now > notAfter ? "expired" : "in force";
}

function adviceOfMended(file: string): string {
  return file === "crl.pem"
    ? "crl.pem was older than the ledger, a run was stopped: it is written anew, hand it out again"
    : "the ledger did not know the root, a run was stopped: it does now; where it had issued before, restore its backup";
}

function adviceOfList({ name, list = 0n }: StationFolder, latest = 0n): string[] {
  if (list === latest) return [];
  return list < latest
    ? [`hand crl.pem out to ${name}: it has list ${list || "none"}, in force is ${latest}`]
    : [`${name} has list ${list}, newer than the ledger's ${latest}: restore the ledger's backup`];
}

function adviceOf(status: CertificateStatus): string[] {
  const { role, subject, standing: state, daysLeft, units, unfinished: out, serialNumber } = status;
  if (out !== undefined) {
    const revoke = `ca revoke ${serialNumber}${role === "line" ? " --all-units" : ""}`;
    return [`${subject} was not handed out: run the same ca ${role} again, for ${out}, or ${revoke}`];
  }
  if (state !== "in force") return [];
  const renewal =
    role === "ota" || role === "root" || daysLeft > SOON_DAYS
      ? []
      : [`renew the line ${subject}: ${daysLeft} days left`];
  const ota =
    role === "ota" && daysLeft <= 90 ? [`prepare the next OTA signer: ${subject} has ${daysLeft} days left`] : [];
  const full =
    units?.issued !== undefined && units.issued >= units.cap ? [`${subject} has issued its cap of ${units.cap}`] : [];
  return [...renewal, ...ota, ...full];
}
