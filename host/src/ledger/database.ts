// SPDX-License-Identifier: Apache-2.0
// A file of SQLite's: what it says it has, it has on disk. Two processes may share it; what goes wrong has a name of
// ours, with the file's path.
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { TouchmarkError } from "../errors.ts";
import type { ErrorName } from "../protocol/generated.ts";
import type { Row } from "./row.ts";

export interface DatabaseKind {
  /** As a user calls it. */
  readonly name: string;
  readonly schema: string;
  /** 0: the file says none. */
  readonly version: number;
}

/** How long a statement waits for another process, ms. */
const PATIENCE_MS = 5_000;

export class Database implements Disposable {
  readonly #path: string;
  readonly #database: DatabaseSync;

  /**
   * Opens the file, makes it where there is none.
   * @throws FILE_MISSING, FILE_MALFORMED for another kind of file, FILE_VERSION, FILE_BUSY, FILE_READ_ONLY, DISK_FULL,
   * FILE_DAMAGED
   */
  constructor(path: string, kind: DatabaseKind, patienceMs = PATIENCE_MS) {
    this.#path = path;
    this.#database = this.#named(() => new DatabaseSync(path, { timeout: patienceMs }));
    try {
      this.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
      if (this.#isEmpty()) this.transaction(() => this.#make(kind));
      this.#requireKind(kind);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  exec(sql: string): void {
    this.#named(() => this.#database.exec(sql));
  }

  /**
   * @returns the row's id, where one was inserted
   * @throws LEDGER_CONFLICT for a value that has to be unique, LEDGER_FIELD for any other rule of the schema
   */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return this.#named(() => Number(this.#database.prepare(sql).run(...values).lastInsertRowid));
  }

  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#named(() => this.#database.prepare(sql).get(...values));
  }

  all(sql: string, ...values: readonly SQLInputValue[]): Row[] {
    return this.#named(() => this.#database.prepare(sql).all(...values));
  }

  /** All of it is on disk when this returns, or nothing. @throws as run; deferred foreign keys are judged last */
  transaction<T>(write: () => T): T {
    this.exec("BEGIN IMMEDIATE");
    try {
      const value = write();
      this.exec("COMMIT");
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.exec("ROLLBACK");
      throw error;
    }
  }

  /** SQLite's own words: "wal", and 2 for FULL, so that a commit has reached the disk. */
  get durability(): { readonly journal: unknown; readonly synchronous: unknown } {
    return { journal: this.#pragma("journal_mode"), synchronous: this.#pragma("synchronous") };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #isEmpty(): boolean {
    return this.#pragma("user_version") === 0 && this.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
  }

  // Another process may have made it since.
  #make({ schema, version }: DatabaseKind): void {
    if (this.#isEmpty()) this.exec(`${schema}; PRAGMA user_version = ${version};`);
  }

  #requireKind({ name, version }: DatabaseKind): void {
    const found = this.#pragma("user_version");
    if (found === version) return;
    const path = this.#path;
    if (found === 0) throw new TouchmarkError("FILE_MALFORMED", { data: { path, expected: name } });
    throw new TouchmarkError("FILE_VERSION", { data: { path, expected: `${name} of version ${version}`, found } });
  }

  #pragma(name: string): unknown {
    return Object.values(this.get(`PRAGMA ${name}`) ?? {})[0];
  }

  #named<T>(act: () => T): T {
    try {
      return act();
    } catch (cause) {
      throw named(cause, this.#path);
    }
  }
}

// SQLite's result codes; the low byte of an extended one is its kind.
const CONSTRAINT = 19;
const UNIQUE = [1555, 2067, 2579];
const codes: Readonly<Record<number, ErrorName>> = {
  3: "FILE_READ_ONLY", // PERM
  5: "FILE_BUSY", // BUSY
  6: "FILE_BUSY", // LOCKED
  8: "FILE_READ_ONLY", // READONLY
  10: "DISK_FULL", // IOERR
  11: "FILE_DAMAGED", // CORRUPT
  13: "DISK_FULL", // FULL
  14: "FILE_MISSING", // CANTOPEN
  15: "FILE_BUSY", // PROTOCOL: the lock's own
  26: "FILE_MALFORMED", // NOTADB
};

function named(cause: unknown, path: string): unknown {
  const found = cause instanceof Error && "errcode" in cause ? cause.errcode : undefined;
  if (typeof found !== "number" || !(cause instanceof Error)) return cause;
  const what = cause.message;
  const kind = found & 0xff;
  if (kind === CONSTRAINT)
    return new TouchmarkError(UNIQUE.includes(found) ? "LEDGER_CONFLICT" : "LEDGER_FIELD", { data: { what }, cause });
  const code = codes[kind];
  return code === undefined ? cause : new TouchmarkError(code, { data: { path, what }, cause });
}
