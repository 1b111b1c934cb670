// SPDX-License-Identifier: Apache-2.0
// Minting records, with the salts that keep serial numbers and IMEIs from being guessed out of published hashes.
import type { Database } from "./database.ts";
import { bytes, optional, text } from "./row.ts";

export interface NewMinting {
  readonly chipId: string;
  /** COSE_Sign1, as its line signed it. */
  readonly record: Uint8Array;
  /** Of the record's published hash. */
  readonly salt: Uint8Array;
  /** Of the IMEI's hash within the record: told to whom the IMEI is told. */
  readonly imeiSalt?: Uint8Array;
}

export class MintingTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws LEDGER_CONFLICT for a chip that has one */
  add({ chipId, record, salt, imeiSalt }: NewMinting): void {
    this.#database.run("INSERT INTO mintings VALUES (?, ?, ?, ?)", chipId, record, salt, imeiSalt ?? null);
  }

  of(chipId: string): NewMinting | undefined {
    const row = this.#database.get("SELECT * FROM mintings WHERE chip_id = ?", chipId);
    if (!row) return undefined;
    const imeiSalt = optional(row, "imei_salt", bytes);
    return {
      chipId: text(row, "chip_id"),
      record: bytes(row, "record"),
      salt: bytes(row, "salt"),
      ...(imeiSalt && { imeiSalt }),
    };
  }
}
