// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { faultsPage, readFaults, readFaultsPage, testsOf } from "../../scripts/lib/faults.ts";

describe("docs/faults.md", () => {
  it("says what the inventory of tests says", () => {
    expect(readFaultsPage()).to.equal(faultsPage());
  });

  it("lists every fault once", () => {
    const ids = readFaults().map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length).and.equal(85);
  });

  it("finds a fault only where a title names it", () => {
    expect(testsOf("A1", ["unit: A1 swapped", "unit: A11 stuck", "unit: a chain A1", "unit: BA1 x"])).to.deep.equal([
      "unit: A1 swapped",
      "unit: a chain A1",
    ]);
  });
});
