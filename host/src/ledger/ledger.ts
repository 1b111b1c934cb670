// SPDX-License-Identifier: Apache-2.0
// The ledger of a CA or a station: which certificates were issued, to which units, and what became of them. What it
// says it has, it has on disk: nothing is handed out before its row.
import { DatabaseSync } from "node:sqlite";
import { TouchmarkError } from "../errors.ts";
import { CertificateTable } from "./certificates.ts";
import { EventTable } from "./events.ts";
import { ListTable } from "./lists.ts";
import { MintingTable } from "./mintings.ts";
import { constrained } from "./row.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { UnitTable } from "./units.ts";

export class Ledger implements Disposable {
  readonly certificates: CertificateTable;
  readonly units: UnitTable;
  readonly events: EventTable;
  readonly lists: ListTable;
  readonly mintings: MintingTable;
  readonly #database: DatabaseSync;

  /** Opens the file, makes it where there is none. @throws LEDGER_CONFLICT for another kind or version of file */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.events = new EventTable(this.#database);
    this.certificates = new CertificateTable(this.#database, this.events);
    this.units = new UnitTable(this.#database, this.events);
    this.mintings = new MintingTable(this.#database);
    this.lists = new ListTable(this.#database);
  }

  /** All of it is on disk when this returns, or nothing. @throws LEDGER_FIELD for a row without the one it names */
  transaction<T>(write: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const value = write();
      // Deferred foreign keys are judged here.
      constrained(() => this.#database.exec("COMMIT"));
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** SQLite's own words: "wal", and 2 for FULL, so that a commit has reached the disk. */
  get durability(): { readonly journal: unknown; readonly synchronous: unknown } {
    const pragma = (name: string): unknown => Object.values(this.#database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    return { journal: pragma("journal_mode"), synchronous: pragma("synchronous") };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = openFile(path);
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
    );
    database.exec("BEGIN IMMEDIATE");
    const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
    if (version === 0 && tables === 0) database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION};`);
    else if (version !== SCHEMA_VERSION) throw new TouchmarkError("LEDGER_CONFLICT", { data: { path, version } });
    database.exec("COMMIT");
    return database;
  } catch (cause) {
    database.close();
    if (cause instanceof TouchmarkError) throw cause;
    throw new TouchmarkError("LEDGER_CONFLICT", { data: { path, what: "not a ledger" }, cause });
  }
}

function openFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path);
  } catch (cause) {
    throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
  }
}
