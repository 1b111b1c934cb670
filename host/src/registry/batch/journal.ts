// SPDX-License-Identifier: Apache-2.0
// What was signed, on disk before it is sent: a later run sends the same bytes again and nothing else.
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { Database } from "../../ledger/database.ts";
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
  readonly #database: Database;

  /** Opens the file, makes it where there is none. @throws as Database */
  constructor(path: string) {
    this.#database = new Database(path, { name: "a journal", schema: JOURNAL_SCHEMA, version: JOURNAL_VERSION });
  }

  /** @throws LEDGER_CONFLICT for a nonce that another batch has taken */
  begin(
    owner: BatchOwner,
    nonce: number,
    units: readonly RegistrableUnit[],
    transaction: SignedTransaction,
  ): JournalBatch {
    const { account, registry, manufacturer } = owner;
    const sql =
      "INSERT INTO batches (account, registry, manufacturer, nonce, units, state) VALUES (?, ?, ?, ?, ?, 'open')";
    try {
      return this.#database.transaction(() => {
        const id = this.#database.run(sql, account, registry, manufacturer, nonce, JSON.stringify(units));
        this.#addTransaction(id, transaction);
        return this.#get(id);
      });
    } catch (cause) {
      if (!isTouchmarkError(cause, "LEDGER_CONFLICT")) throw cause;
      throw new TouchmarkError("LEDGER_CONFLICT", { data: { what: "nonce", nonce }, cause });
    }
  }

  /** Another transaction of the batch's nonce. */
  replace(batch: JournalBatch, transaction: SignedTransaction): JournalBatch {
    this.#addTransaction(batch.id, transaction);
    return this.#get(batch.id);
  }

  mark(batch: JournalBatch, state: BatchState): void {
    this.#database.run("UPDATE batches SET state = ? WHERE id = ?", state, batch.id);
  }

  /** Batches that are open or final, in the order of their nonces. */
  live({ account, registry, manufacturer }: BatchOwner): JournalBatch[] {
    const where = "account = ? AND registry = ? AND manufacturer = ? AND state IN ('open', 'final')";
    return this.#database
      .all(`SELECT id FROM batches WHERE ${where} ORDER BY nonce`, account, registry, manufacturer)
      .map(({ id }) => this.#get(Number(id)));
  }

  get durability(): Database["durability"] {
    return this.#database.durability;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  // Another process on this journal may have signed the same: signatures are deterministic.
  #addTransaction(batch: number, { hash, raw }: SignedTransaction): void {
    this.#database.run("INSERT OR IGNORE INTO transactions (hash, batch, raw) VALUES (?, ?, ?)", hash, batch, raw);
  }

  #get(id: number): JournalBatch {
    const row = this.#database.get("SELECT nonce, units, state FROM batches WHERE id = ?", id) ?? {};
    const transactions = this.#database
      .all("SELECT hash, raw FROM transactions WHERE batch = ? ORDER BY rowid", id)
      .map(({ hash, raw }) => ({ hash: String(hash), raw: String(raw) }));
    const units = JSON.parse(String(row["units"])) as RegistrableUnit[];
    return { id, nonce: Number(row["nonce"]), units, state: row["state"] as BatchState, transactions };
  }
}
