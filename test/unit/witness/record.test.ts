// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { WitnessRecord } from "../../../host/src/witness/record.ts";
import { verdict } from "../../support/refusal.ts";

const A = new Uint8Array(32).fill(0xaa);
const B = new Uint8Array(32).fill(0xbb);

describe("a witness's record", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "touchmark-record-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const path = (): string => join(folder, "record.db");

  it("takes one hash a number, as often as it is asked", () => {
    using record = new WitnessRecord(path());
    record.commit(137n, 64n, A);
    record.commit(137n, 64n, A);
    expect(verdict(() => record.commit(137n, 64n, B))).to.equal("WITNESS_EQUIVOCATION");
    expect(record.find(137n, 64n)).to.deep.equal(A);
  });

  it("keeps chains and numbers apart", () => {
    using record = new WitnessRecord(path());
    record.commit(137n, 64n, A);
    record.commit(80002n, 64n, B);
    record.commit(137n, 65n, B);
    expect(record.find(80002n, 64n)).to.deep.equal(B);
    expect(record.find(1n, 64n)).to.equal(undefined);
  });

  it("remembers after it was closed", () => {
    {
      using record = new WitnessRecord(path());
      record.commit(137n, 64n, A);
    }
    using again = new WitnessRecord(path());
    expect(verdict(() => again.commit(137n, 64n, B))).to.equal("WITNESS_EQUIVOCATION");
  });

  it("lets one of two processes win", () => {
    using one = new WitnessRecord(path());
    using other = new WitnessRecord(path());
    one.commit(137n, 64n, A);
    expect(verdict(() => other.commit(137n, 64n, B))).to.equal("WITNESS_EQUIVOCATION");
    other.commit(137n, 64n, A);
  });

  it("is one key's for good, and says whether anybody began it", () => {
    {
      using record = new WitnessRecord(path());
      expect(record.isBlank).to.equal(true);
      record.commit(137n, 64n, A);
      expect(record.isBlank).to.equal(false);
      record.bind(A);
    }
    using again = new WitnessRecord(path());
    again.bind(A);
    expect(verdict(() => again.bind(B))).to.equal("WITNESS_RECORD_FOREIGN");
  });

  it("takes numbers beyond 2^53 as they are", () => {
    using record = new WitnessRecord(path());
    record.commit(137n, 2n ** 53n, A);
    record.commit(137n, 2n ** 53n + 1n, B);
    expect(record.find(137n, 2n ** 53n)).to.deep.equal(A);
  });
});
