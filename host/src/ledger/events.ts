// SPDX-License-Identifier: Apache-2.0
// What happened, in order; rows are only ever added.
import type { DatabaseSync } from "node:sqlite";
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
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add({ at, subject, what, data }: LedgerEvent): void {
    this.#database
      .prepare("INSERT INTO events (at, subject, what, data) VALUES (?, ?, ?, ?)")
      .run(at, subject, what, JSON.stringify(data));
  }

  /** Oldest first. */
  of(subject: string): LedgerEvent[] {
    return this.#database.prepare("SELECT * FROM events WHERE subject = ? ORDER BY id").all(subject).map(toEvent);
  }
}

function toEvent(row: Row): LedgerEvent {
  const data = JSON.parse(text(row, "data")) as LedgerEvent["data"];
  return { at: number(row, "at"), subject: text(row, "subject"), what: text(row, "what"), data };
}
