// SPDX-License-Identifier: Apache-2.0
// What the CA has issued and what of it is in force, from its ledger alone: no chain is asked.

import type { CertificateRow } from "../ledger/certificates.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { decodeCrl } from "../protocol/crl.ts";
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

const DAY = 86_400;
const SOON_DAYS = 14;

/** @param stations ledgers of stations, for the units they issued @param now unix seconds */
export function officeStatus(office: Office, stations: readonly Ledger[], now: number): OfficeStatus {
  const { certificates, lists } = office.ledger;
  const rows = (["root", "line", "ota"] as const).flatMap((role) => certificates.ofRole(role));
  const statuses = rows.map((row) => certificateStatus(row, stations, now));
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
      ...(crl?.stale === true ? ["publish a new revocation list: ca revoke --refresh"] : []),
      ...statuses.flatMap(adviceOf),
    ],
  };
}

function certificateStatus(row: CertificateRow, stations: readonly Ledger[], now: number): CertificateStatus {
  const { serialNumber, role, subject, address, notAfter, units, revocation } = row;
  const issued = stations.reduce((sum, ledger) => sum + ledger.units.countOfLine(serialNumber), 0);
  return {
    serialNumber,
    role,
    subject,
    address,
    standing: standing(row, now),
    notAfter,
    daysLeft: Math.floor((notAfter - now) / DAY),
    ...(units !== undefined && { units: { ...(stations.length > 0 && { issued }), cap: units } }),
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

function adviceOf({ role, subject, standing: state, daysLeft, units }: CertificateStatus): string[] {
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
