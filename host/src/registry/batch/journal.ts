// SPDX-License-Identifier: Apache-2.0
// What was signed, on disk before it is sent: a later run sends the same bytes again and nothing else.
import { DatabaseSync } from "node:sqlite";
import { TouchmarkError } from "../../errors.ts";
import type { RegistrableUnit } from "../register.ts";
import { JOURNAL_SCHEMA, JOURNAL_VERSION } from "./journal-schema.ts";

type BatchState = "open" | "final" | "reverted" | "superseded";

export interface SignedTransaction {
  readonly hash: string;
  /** Signed, serialized. */
  readonly raw: string;
}

/** Whose batches: an account on a chain, a registry, a node. */
export interface BatchOwner {
  /** `chainId:address`, lower case. */
  readonly account: string;
  readonly registry: string;
  readonly manufacturer: string;
}

export interface JournalBatch {
  readonly id: number;
  readonly nonce: number;
  readonly units: readonly RegistrableUnit[];
  readonly state: BatchState;
  /** Oldest first: each replaces the one before. */
  readonly transactions: readonly SignedTransaction[];
}

export class BatchJournal implements Disposable {
  readonly #database: DatabaseSync;

  /** Opens the file, makes it where there is none. @throws LEDGER_CONFLICT for another kind or version of file */
  constructor(path: string) {
    this.#database = openDatabase(path);
  }

  /** @throws LEDGER_CONFLICT for a nonce that another batch has taken */
  begin(
    owner: BatchOwner,
    nonce: number,
    units: readonly RegistrableUnit[],
    transaction: SignedTransaction,
  ): JournalBatch {
    const { account, registry, manufacturer } = owner;
    const insert = this.#database.prepare(
      "INSERT INTO batches (account, registry, manufacturer, nonce, units, state) VALUES (?, ?, ?, ?, ?, 'open')",
    );
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const { lastInsertRowid } = insert.run(account, registry, manufacturer, nonce, JSON.stringify(units));
      this.#addTransaction(Number(lastInsertRowid), transaction);
      this.#database.exec("COMMIT");
      return this.#get(Number(lastInsertRowid));
    } catch (cause) {
      this.#database.exec("ROLLBACK");
      throw new TouchmarkError("LEDGER_CONFLICT", { data: { what: "nonce", nonce }, cause });
    }
  }

  /** Another transaction of the batch's nonce. */
  replace(batch: JournalBatch, transaction: SignedTransaction): JournalBatch {
    this.#addTransaction(batch.id, transaction);
    return this.#get(batch.id);
  }

  mark(batch: JournalBatch, state: BatchState): void {
    this.#database.prepare("UPDATE batches SET state = ? WHERE id = ?").run(state, batch.id);
  }

  /** Batches that are open or final, in the order of their nonces. */
  live({ account, registry, manufacturer }: BatchOwner): JournalBatch[] {
    const where = "account = ? AND registry = ? AND manufacturer = ? AND state IN ('open', 'final')";
    return this.#database
      .prepare(`SELECT id FROM batches WHERE ${where} ORDER BY nonce`)
      .all(account, registry, manufacturer)
      .map(({ id }) => this.#get(Number(id)));
  }

  /** SQLite's own words: "wal", and 2 for FULL. */
  get durability(): { readonly journal: unknown; readonly synchronous: unknown } {
    const pragma = (name: string): unknown => Object.values(this.#database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    return { journal: pragma("journal_mode"), synchronous: pragma("synchronous") };
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }

  // Another process on this journal may have signed the same: signatures are deterministic.
  #addTransaction(batch: number, { hash, raw }: SignedTransaction): void {
    this.#database
      .prepare("INSERT OR IGNORE INTO transactions (hash, batch, raw) VALUES (?, ?, ?)")
      .run(hash, batch, raw);
  }

  #get(id: number): JournalBatch {
    const row = this.#database.prepare("SELECT nonce, units, state FROM batches WHERE id = ?").get(id) ?? {};
    const transactions = this.#database
      .prepare("SELECT hash, raw FROM transactions WHERE batch = ? ORDER BY rowid")
      .all(id)
      .map(({ hash, raw }) => ({ hash: String(hash), raw: String(raw) }));
    const units = JSON.parse(String(row["units"])) as RegistrableUnit[];
    return { id, nonce: Number(row["nonce"]), units, state: row["state"] as BatchState, transactions };
  }
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
    );
    const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
    if (version === 0 && tables === 0)
      database.exec(`BEGIN IMMEDIATE; ${JOURNAL_SCHEMA} PRAGMA user_version = ${JOURNAL_VERSION}; COMMIT;`);
    else if (version !== JOURNAL_VERSION) throw new TouchmarkError("LEDGER_CONFLICT", { data: { path, version } });
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof TouchmarkError) throw cause;
    throw new TouchmarkError("LEDGER_CONFLICT", { data: { path, what: "not a journal" }, cause });
  }
}
