// SPDX-License-Identifier: Apache-2.0
// Minting records, with the salts that keep serial numbers and IMEIs from being guessed out of published hashes.
import type { DatabaseSync } from "node:sqlite";
import { bytes, constrained, optional, text } from "./row.ts";

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
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @throws LEDGER_CONFLICT for a chip that has one */
  add({ chipId, record, salt, imeiSalt }: NewMinting): void {
    const insert = this.#database.prepare("INSERT INTO mintings VALUES (?, ?, ?, ?)");
    constrained(() => insert.run(chipId, record, salt, imeiSalt ?? null));
  }

  of(chipId: string): NewMinting | undefined {
    const row = this.#database.prepare("SELECT * FROM mintings WHERE chip_id = ?").get(chipId);
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
