// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { EventTable } from "./events.ts";
import { isImei } from "./imei.ts";
import { bytes, number, optional, type Row, text } from "./row.ts";

/** In the order of a unit's life; it only goes forward. */
export const unitStates = ["issued", "enrolled", "verified", "registered", "locked", "scrapped"] as const;

export type UnitState = (typeof unitStates)[number];

export interface LedgerUnit {
  /** 16 hexadecimal digits, lower case. */
  readonly chipId: string;
  /** 0x and 40 hexadecimal digits, lower case. */
  readonly address: string;
  readonly serial: string;
  readonly hardwareModel: string;
  readonly imei?: string;
  /** DER of the device certificate. */
  readonly certificate: Uint8Array;
}

export interface UnitRow extends LedgerUnit {
  readonly state: UnitState;
  /** On chain, once registered. */
  readonly tokenId?: bigint;
  /** Serial numbers of the device certificate and of its line's. */
  readonly certificateSerial: string;
  readonly line: string;
  /** Unix seconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewUnit = Omit<LedgerUnit, "certificate"> & Pick<UnitRow, "certificateSerial" | "line" | "createdAt">;

const SELECT = "SELECT units.*, certificates.der FROM units JOIN certificates ON serial_number = units.certificate";

export class UnitTable {
  readonly #database: Database;
  readonly #events: EventTable;

  constructor(database: Database, events: EventTable) {
    this.#database = database;
    this.#events = events;
  }

  /** @throws LEDGER_CONFLICT (chip, address, serial or IMEI taken), LEDGER_FIELD (zero address, empty serial, IMEI) */
  add({ chipId, address, serial, hardwareModel, imei, certificateSerial, line, createdAt }: NewUnit): void {
    if (imei !== undefined && !isImei(imei)) throw new TouchmarkError("LEDGER_FIELD", { data: { what: "imei" } });
    const sql = `INSERT INTO units (chip_id, address, serial, hardware_model, imei, state, certificate, line, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 'issued', ?, ?, ?, ?)`;
    const names = [chipId, address, serial, hardwareModel, imei ?? null] as const;
    this.#database.run(sql, ...names, certificateSerial, line, createdAt, createdAt);
    this.#events.add({ at: createdAt, subject: chipId, what: "issued", data: { address, serial, hardwareModel } });
  }

  byChip(chipId: string): UnitRow | undefined {
    return this.#one("chip_id", chipId);
  }

  /** @param address in lower case */
  byAddress(address: string): UnitRow | undefined {
    return this.#one("units.address", address);
  }

  /** The board in use; where there is none, the last that was. */
  bySerial(serial: string): UnitRow | undefined {
    return this.#newest("serial", serial);
  }

  /** As bySerial. */
  byImei(imei: string): UnitRow | undefined {
    return this.#newest("imei", imei);
  }

  /** Oldest first. */
  all(): UnitRow[] {
    return this.#database.all(`${SELECT} ORDER BY created_at, chip_id`).map(toUnit);
  }

  /** Device certificates that a line has issued. @param line serial number of its certificate */
  countOfLine(line: string): number {
    const row = this.#database.get("SELECT count(*) AS n FROM units WHERE line = ?", line) ?? {};
    return number(row, "n");
  }

  /**
   * Moves a unit forward; to the state that it is in, nothing happens.
   * @param at unix seconds @throws LEDGER_CONFLICT backwards, for an unknown unit, or for another token id
   */
  advance(chipId: string, state: UnitState, at: number, { tokenId }: { tokenId?: bigint } = {}): void {
    const unit = this.byChip(chipId);
    if (!unit || unitStates.indexOf(state) < unitStates.indexOf(unit.state))
      throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, from: unit?.state, to: state } });
    if (tokenId !== undefined && unit.tokenId !== undefined && tokenId !== unit.tokenId)
      throw new TouchmarkError("LEDGER_CONFLICT", { data: { chipId, tokenId: `${unit.tokenId}` } });
    if (state === unit.state && (tokenId === undefined || unit.tokenId !== undefined)) return;
    const token = tokenId === undefined ? null : `${tokenId}`;
    const sql = "UPDATE units SET state = ?, updated_at = ?, token_id = coalesce(token_id, ?) WHERE chip_id = ?";
    this.#database.run(sql, state, at, token, chipId);
    this.#events.add({ at, subject: chipId, what: state, data: token === null ? {} : { tokenId: token } });
  }

  /** DIMO's registry gives a unit that returns another token. @throws LEDGER_CONFLICT for a token of another unit */
  moveToken(chipId: string, tokenId: bigint, at: number): void {
    if (this.byChip(chipId)?.tokenId === tokenId) return;
    this.#database.run("UPDATE units SET token_id = ?, updated_at = ? WHERE chip_id = ?", `${tokenId}`, at, chipId);
    this.#events.add({ at, subject: chipId, what: "token", data: { tokenId: `${tokenId}` } });
  }

  #newest(column: string, value: string): UnitRow | undefined {
    const order = "ORDER BY state = 'scrapped', created_at DESC LIMIT 1";
    const row = this.#database.get(`${SELECT} WHERE ${column} = ? ${order}`, value);
    return row && toUnit(row);
  }

  #one(column: string, value: string): UnitRow | undefined {
    const row = this.#database.get(`${SELECT} WHERE ${column} = ?`, value);
    return row && toUnit(row);
  }
}

function toUnit(row: Row): UnitRow {
  const imei = optional(row, "imei", text);
  const tokenId = optional(row, "token_id", text);
  return {
    chipId: text(row, "chip_id"),
    address: text(row, "address"),
    serial: text(row, "serial"),
    hardwareModel: text(row, "hardware_model"),
    ...(imei !== undefined && { imei }),
    state: text(row, "state") as UnitState,
    ...(tokenId !== undefined && { tokenId: BigInt(tokenId) }),
    certificate: bytes(row, "der"),
    certificateSerial: text(row, "certificate"),
    line: text(row, "line"),
    createdAt: number(row, "created_at"),
    updatedAt: number(row, "updated_at"),
  };
}
