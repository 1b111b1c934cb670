// SPDX-License-Identifier: Apache-2.0
// What happened, in order; rows are only ever added.
import type { Database } from "./database.ts";
import { number, type Row, text } from "./row.ts";

export interface LedgerEvent {
  /** Unix seconds. */
  readonly at: number;
  /** Chip id of a unit, or serial number of a certificate. */
  readonly subject: string;
  readonly what: string;
  /** Never a secret. */
  readonly data: Readonly<Record<string, unknown>>;
}

export class EventTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ at, subject, what, data }: LedgerEvent): void {
    const sql = "INSERT INTO events (at, subject, what, data) VALUES (?, ?, ?, ?)";
    this.#database.run(sql, at, subject, what, JSON.stringify(data));
  }

  /** Oldest first. */
  of(subject: string): LedgerEvent[] {
    return this.#database.all("SELECT * FROM events WHERE subject = ? ORDER BY id", subject).map(toEvent);
  }
}

function toEvent(row: Row): LedgerEvent {
  const data = JSON.parse(text(row, "data")) as LedgerEvent["data"];
  return { at: number(row, "at"), subject: text(row, "subject"), what: text(row, "what"), data };
}
