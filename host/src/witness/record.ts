// SPDX-License-Identifier: Apache-2.0
// What a witness has signed: one hash a number, for good. Written durably before the signature exists, so that no crash,
// restart or second process can make it sign two.
import { TouchmarkError } from "../errors.ts";
import { Database } from "../ledger/database.ts";
import { equalBytes } from "../protocol/bytes.ts";

const SCHEMA = `
  CREATE TABLE vouched (
    chain_id TEXT NOT NULL,
    number TEXT NOT NULL, -- decimal: for equality, never for order
    block_hash BLOB NOT NULL,
    PRIMARY KEY (chain_id, number)
  ) STRICT, WITHOUT ROWID`;

// Records of before have none.
const KEY = `
  CREATE TABLE IF NOT EXISTS witness (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    public_key BLOB NOT NULL
  ) STRICT`;

export class WitnessRecord implements Disposable {
  readonly #database: Database;

  /** @param path of the file, made where it is missing; ":memory:" for tests @throws as Database */
  constructor(path: string) {
    this.#database = new Database(path, { name: "a witness's record", schema: SCHEMA, version: 0 });
    this.#database.exec(KEY);
  }

  /** Makes it this key's, for good, unless it has one. @throws WITNESS_RECORD_FOREIGN where it is another's */
  bind(publicKey: Uint8Array): void {
    this.#database.run("INSERT OR IGNORE INTO witness VALUES (1, ?)", publicKey);
    const known = this.#database.get("SELECT public_key FROM witness")?.["public_key"] as Uint8Array | undefined;
    if (known === undefined || !equalBytes(known, publicKey)) {
      throw new TouchmarkError("WITNESS_RECORD_FOREIGN", { data: { of: known, key: publicKey } });
    }
  }

  /** Neither a key's nor with a hash in it: nobody began it. */
  get isBlank(): boolean {
    const any = "SELECT 1 FROM witness UNION ALL SELECT 1 FROM vouched LIMIT 1";
    return this.#database.get(any) === undefined;
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
