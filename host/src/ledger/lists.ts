// SPDX-License-Identifier: Apache-2.0
// Revocation lists that the root has signed, by their CRL number.
import type { Crl } from "../protocol/crl.ts";
import type { Database } from "./database.ts";
import { bytes, number } from "./row.ts";

export class ListTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws LEDGER_CONFLICT for a number that is taken */
  add({ number: listNumber, thisUpdate, nextUpdate, der }: Crl): void {
    this.#database.run("INSERT INTO lists VALUES (?, ?, ?, ?)", listNumber, thisUpdate, nextUpdate, der);
  }

  /** DER of the newest. */
  latest(): Uint8Array | undefined {
    const row = this.#database.get("SELECT der FROM lists ORDER BY number DESC LIMIT 1");
    return row && bytes(row, "der");
  }

  nextNumber(): bigint {
    const row = this.#database.get("SELECT coalesce(max(number), 0) + 1 AS next FROM lists") ?? {};
    return BigInt(number(row, "next"));
  }
}
