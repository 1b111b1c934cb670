// SPDX-License-Identifier: Apache-2.0
// Revocation lists that the root has signed, by their CRL number.
import type { DatabaseSync } from "node:sqlite";
import type { Crl } from "../protocol/crl.ts";
import { bytes, constrained, number } from "./row.ts";

export class ListTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @throws LEDGER_CONFLICT for a number that is taken */
  add({ number: listNumber, thisUpdate, nextUpdate, der }: Crl): void {
    const insert = this.#database.prepare("INSERT INTO lists VALUES (?, ?, ?, ?)");
    constrained(() => insert.run(listNumber, thisUpdate, nextUpdate, der));
  }

  /** DER of the newest. */
  latest(): Uint8Array | undefined {
    const row = this.#database.prepare("SELECT der FROM lists ORDER BY number DESC LIMIT 1").get();
    return row && bytes(row, "der");
  }

  nextNumber(): bigint {
    const row = this.#database.prepare("SELECT coalesce(max(number), 0) + 1 AS next FROM lists").get() ?? {};
    return BigInt(number(row, "next"));
  }
}
