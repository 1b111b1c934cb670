// SPDX-License-Identifier: Apache-2.0
// SQLite's own errors, from files and locks as they are met.
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import type { TouchmarkError } from "../../../host/src/errors.ts";
import { Database } from "../../../host/src/ledger/database.ts";
import { Ledger } from "../../../host/src/ledger/ledger.ts";
import { SCHEMA_VERSION } from "../../../host/src/ledger/schema.ts";
import { BatchJournal } from "../../../host/src/registry/batch/journal.ts";
import { WitnessRecord } from "../../../host/src/witness/record.ts";
import { thrown, verdict } from "../../support/refusal.ts";
import { TemporaryFolder } from "../../support/temporary-folder.ts";

const KIND = { name: "a test's file", schema: "CREATE TABLE t (a BLOB)", version: 1 };
const INSERT = "INSERT INTO t VALUES (?)";
const ROW = new Uint8Array(2_000);

describe("a database file", () => {
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(() => {
    folder = new TemporaryFolder();
    path = folder.join("ledger.sqlite");
  });
  afterEach(() => folder[Symbol.dispose]());

  function named(error: TouchmarkError): TouchmarkError {
    expect(error.data["path"]).to.equal(path);
    expect(error.remedy).not.to.equal("");
    return error;
  }

  it("that another process holds is waited for, and not for ever", () => {
    new Ledger(path).close();
    using other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    using ledger = new Ledger(path, 50);
    const start = performance.now();
    const add = () => ledger.events.add({ at: 1, subject: "a", what: "b", data: {} });
    expect(named(thrown(() => ledger.transaction(add))).code).to.equal("FILE_BUSY");
    expect(performance.now() - start).to.be.within(40, 2_000);
    // Reading goes on beside a writer.
    expect(ledger.events.of("a")).to.deep.equal([]);
    other.exec("COMMIT");
    ledger.transaction(add);
    expect(ledger.events.of("a")).to.have.length(1);
  });

  it("is made once by two who open it together", () => {
    using first = new Ledger(path);
    using second = new Ledger(path);
    first.events.add({ at: 1, subject: "a", what: "b", data: {} });
    expect(second.events.of("a")).to.have.length(1);
  });

  it("that cannot be written is said to be so", () => {
    new Database(path, KIND).close();
    // A file format that this SQLite may read and not write (its file format, §1.3.3), whoever the user is.
    const bytes = readFileSync(path);
    bytes[18] = 3;
    writeFileSync(path, bytes);
    using database = new Database(path, KIND);
    expect(named(thrown(() => database.run(INSERT, ROW))).code).to.equal("FILE_READ_ONLY");
  });

  it("without room keeps what it had, and takes more when there is room", () => {
    using database = new Database(path, KIND);
    database.run(INSERT, ROW);
    database.exec("PRAGMA max_page_count = 3");
    const fill = () => database.transaction(() => Array.from({ length: 9 }, () => database.run(INSERT, ROW)));
    expect(named(thrown(fill)).code).to.equal("DISK_FULL");
    expect(database.all("SELECT a FROM t")).to.have.length(1);
    database.exec("PRAGMA max_page_count = 1000");
    fill();
    expect(database.all("SELECT a FROM t")).to.have.length(10);
  });

  it("that is damaged is named", () => {
    {
      using database = new Database(path, KIND);
      database.run(INSERT, ROW);
    }
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xaa, 4096));
    using database = new Database(path, KIND);
    expect(named(thrown(() => database.all("SELECT a FROM t"))).code).to.equal("FILE_DAMAGED");
  });

  it("of another kind is named, a newer one with both versions", () => {
    const newest = SCHEMA_VERSION + 97;
    for (const open of [() => new Ledger(path), () => new BatchJournal(path), () => new WitnessRecord(path)]) {
      writeFileSync(path, "no database, and long enough to be looked at as one by its header ".repeat(20));
      expect(named(thrown(open)).code).to.equal("FILE_MALFORMED");
      writeFileSync(path, "");
      const other = new DatabaseSync(path);
      other.exec(`CREATE TABLE x (y); PRAGMA user_version = ${newest}`);
      const { code, data } = named(thrown(open));
      expect({ code, found: data["found"] }).to.deep.equal({ code: "FILE_VERSION", found: newest });
      other.exec("PRAGMA user_version = 0");
      other.close();
    }
    // An unversioned one that is not empty: only a witness's record is.
    expect(verdict(() => new Ledger(path))).to.equal("FILE_MALFORMED");
    expect(verdict(() => new Ledger(folder.path))).to.equal("FILE_MISSING");
    expect(verdict(() => new Ledger(folder.join("none", "ledger.sqlite")))).to.equal("FILE_MISSING");
  });
});
