// SPDX-License-Identifier: Apache-2.0
// What a witness has signed: one hash a number, for good. Written durably before the signature exists, so that no crash,
// restart or second process can make it sign two.
import { TouchmarkError } from "../errors.ts";
import { Database } from "../ledger/database.ts";
import { equalBytes } from "../protocol/bytes.ts";

const SCHEMA = `
  CREATE TABLE vouched (
    chain_id TEXT NOT NULL,
    number TEXT NOT NULL,
    block_hash BLOB NOT NULL,
    PRIMARY KEY (chain_id, number)
  ) STRICT, WITHOUT ROWID`;

export class WitnessRecord implements Disposable {
  readonly #database: Database;

  /** @param path of the file, made where it is missing; ":memory:" for tests @throws as Database */
  constructor(path: string) {
    this.#database = new Database(path, { name: "a witness's record", schema: SCHEMA, version: 0 });
  }

  /** @throws WITNESS_EQUIVOCATION where another hash stands for this number */
  commit(chainId: bigint, number: bigint, blockHash: Uint8Array): void {
    const key = [String(chainId), String(number)] as const;
    // One statement decides: of two processes, the second finds the first's row.
    this.#database.run("INSERT OR IGNORE INTO vouched VALUES (?, ?, ?)", ...key, blockHash);
    const recorded = this.find(chainId, number);
    if (recorded === undefined || !equalBytes(recorded, blockHash)) {
      throw new TouchmarkError("WITNESS_EQUIVOCATION", { data: { number: String(number) } });
    }
  }

  /** The hash that stands for this number. */
  find(chainId: bigint, number: bigint): Uint8Array | undefined {
    const sql = "SELECT block_hash FROM vouched WHERE chain_id = ? AND number = ?";
    const row = this.#database.get(sql, String(chainId), String(number));
    return row === undefined ? undefined : (row["block_hash"] as Uint8Array);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
