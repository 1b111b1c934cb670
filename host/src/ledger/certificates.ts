// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import { equalBytes, fromHex, toHex } from "../protocol/bytes.ts";
import type { Certificate } from "../protocol/certificate.ts";
import type { Role } from "../protocol/certificate-role.ts";
import type { Revocation, RevocationReasonName } from "../protocol/crl.ts";
import { formatDistinguishedName } from "../protocol/distinguished-name.ts";
import { addressOf } from "../protocol/secp256k1.ts";
import type { Database } from "./database.ts";
import type { EventTable } from "./events.ts";
import { bytes, number, optional, type Row, text } from "./row.ts";

export interface CertificateRow {
  /** INTEGER contents, hexadecimal. */
  readonly serialNumber: string;
  readonly role: Role;
  /** Serial number of the issuer's certificate; the root's own. */
  readonly issuer: string;
  readonly subject: string;
  readonly address: string;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Of a line: device certificates it may issue. */
  readonly units?: number;
  readonly der: Uint8Array;
  readonly revocation?: Revocation;
}

/** A line says how many it may issue. */
type IssuedCertificate = Certificate & { readonly units?: number };

export class CertificateTable {
  readonly #database: Database;
  readonly #events: EventTable;

  constructor(database: Database, events: EventTable) {
    this.#database = database;
    this.#events = events;
  }

  /** @param at unix seconds @throws LEDGER_CONFLICT for a serial number that is taken, LEDGER_FIELD */
  add(role: Role, certificate: IssuedCertificate, issuer: Certificate, at: number): void {
    const serialNumber = toHex(certificate.serialNumber);
    const subject = formatDistinguishedName(certificate.subject);
    this.#database.run(
      `INSERT INTO certificates (serial_number, role, issuer, subject, address, not_before, not_after, units, der)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      serialNumber,
      role,
      toHex(issuer.serialNumber),
      subject,
      addressOf(certificate.publicKey),
      certificate.notBefore,
      certificate.notAfter,
      certificate.units ?? null,
      certificate.der,
    );
    this.#events.add({ at, subject: serialNumber, what: "issued", data: { role, subject } });
  }

  /** Enters a certificate that was issued elsewhere, once. @throws LEDGER_CONFLICT for another of its serial number */
  adopt(role: Role, certificate: IssuedCertificate, issuer: Certificate, at: number): void {
    const known = this.get(toHex(certificate.serialNumber));
    if (!known) this.add(role, certificate, issuer, at);
    else if (!equalBytes(known.der, certificate.der))
      throw new TouchmarkError("LEDGER_CONFLICT", { data: { serialNumber: known.serialNumber } });
  }

  get(serialNumber: string): CertificateRow | undefined {
    const row = this.#database.get("SELECT * FROM certificates WHERE serial_number = ?", serialNumber);
    return row && toCertificate(row);
  }

  /** Oldest first. */
  ofRole(role: Role): CertificateRow[] {
    const order = "ORDER BY not_before, serial_number";
    return this.#database.all(`SELECT * FROM certificates WHERE role = ? ${order}`, role).map(toCertificate);
  }

  /** Of a certificate once. @throws LEDGER_CONFLICT for an unknown or revoked one, LEDGER_FIELD for a root */
  revoke({ serialNumber, revokedAt, reason, block }: Revocation): void {
    const serial = toHex(serialNumber);
    const row = this.get(serial);
    if (!row || row.revocation)
      throw new TouchmarkError("LEDGER_CONFLICT", {
        data: { serialNumber: serial, what: row ? "revoked" : "unknown" },
      });
    if (row.role === "root" || row.role === "device")
      throw new TouchmarkError("LEDGER_FIELD", { data: { serialNumber: serial, role: row.role, what: "on chain" } });
    const sql =
      "UPDATE certificates SET revoked_at = ?, revocation_reason = ?, revocation_block = ? WHERE serial_number = ?";
    this.#database.run(sql, revokedAt, reason, block === undefined ? null : `${block}`, serial);
    const data = { reason, ...(block !== undefined && { block: `${block}` }) };
    this.#events.add({ at: revokedAt, subject: serial, what: "revoked", data });
  }

  /** In order of time. */
  revocations(): Revocation[] {
    const sql = "SELECT * FROM certificates WHERE revoked_at IS NOT NULL ORDER BY revoked_at, serial_number";
    return this.#database.all(sql).flatMap((row) => toRevocation(row) ?? []);
  }
}

function toCertificate(row: Row): CertificateRow {
  const units = optional(row, "units", number);
  const revocation = toRevocation(row);
  return {
    serialNumber: text(row, "serial_number"),
    role: text(row, "role") as Role,
    issuer: text(row, "issuer"),
    subject: text(row, "subject"),
    address: text(row, "address"),
    notBefore: number(row, "not_before"),
    notAfter: number(row, "not_after"),
    ...(units !== undefined && { units }),
    der: bytes(row, "der"),
    ...(revocation && { revocation }),
  };
}

function toRevocation(row: Row): Revocation | undefined {
  const revokedAt = optional(row, "revoked_at", number);
  if (revokedAt === undefined) return undefined;
  const block = optional(row, "revocation_block", text);
  return {
    serialNumber: fromHex(text(row, "serial_number")),
    revokedAt,
    reason: text(row, "revocation_reason") as RevocationReasonName,
    ...(block !== undefined && { block: BigInt(block) }),
  };
}
