// SPDX-License-Identifier: Apache-2.0
// The ledger of a CA or a station: which certificates were issued, to which units, and what became of them. What it
// says it has, it has on disk: nothing is handed out before its row.
import { CertificateTable } from "./certificates.ts";
import { Database } from "./database.ts";
import { EventTable } from "./events.ts";
import { ListTable } from "./lists.ts";
import { MintingTable } from "./mintings.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { UnitTable } from "./units.ts";

export class Ledger implements Disposable {
  readonly certificates: CertificateTable;
  readonly units: UnitTable;
  readonly events: EventTable;
  readonly lists: ListTable;
  readonly mintings: MintingTable;
  readonly #database: Database;

  /** Opens the file, makes it where there is none. @throws as Database */
  constructor(path: string, patienceMs?: number) {
    this.#database = new Database(path, { name: "a ledger", schema: SCHEMA, version: SCHEMA_VERSION }, patienceMs);
    this.events = new EventTable(this.#database);
    this.certificates = new CertificateTable(this.#database, this.events);
    this.units = new UnitTable(this.#database, this.events);
    this.mintings = new MintingTable(this.#database);
    this.lists = new ListTable(this.#database);
  }

  /** All of it is on disk when this returns, or nothing. @throws LEDGER_FIELD for a row without the one it names */
  transaction<T>(write: () => T): T {
    return this.#database.transaction(write);
  }

  get durability(): Database["durability"] {
    return this.#database.durability;
  }

  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
