// SPDX-License-Identifier: Apache-2.0
// A short run of the power-cut campaign; `npm run powercut` cuts at every operation.
import { expect } from "chai";
import { cutPower, type PowercutReport } from "../../scripts/lib/powercut.ts";

const FLOWS =
  "install install-over resume resume-damaged trial confirm revert erase recovery provision lock floor rotate raise";

describe("the shipping C over NOR flash that loses power", () => {
  let report: PowercutReport;
  let pairs: PowercutReport;
  const sum = (of: PowercutReport, name: string, flows = FLOWS): number =>
    of.flows
      .filter(({ flow }) => flows.split(" ").includes(flow))
      .reduce((all, { counts }) => all + (counts.get(name) ?? 0), 0);

  before(async function () {
    this.timeout(120_000);
    report = await cutPower(["--cuts", "60"], 2);
    pairs = await cutPower(["--cuts", "20", "--pairs", "1"], 2);
  });

  it("D10 starts the old or the new image after a cut before, in and after operations of every flow", () => {
    expect(new Set(report.flows.map(({ flow }) => flow))).to.deep.equal(new Set(FLOWS.split(" ")));
    for (const kind of ["before", "torn", "front", "back", "after"]) expect(sum(report, kind)).to.be.above(100);
    expect(sum(report, "brick") + sum(report, "badBoot"), report.failures.join("\n")).to.equal(0);
  });

  it("D10 finishes the update by a rerun", () => {
    expect(sum(report, "unfinished"), report.failures.join("\n")).to.equal(0);
    expect(report.failures).to.deep.equal([]);
  });

  it("D10 holds after a second cut on the way back", () => {
    expect(sum(pairs, "second")).to.be.above(100);
    expect(pairs.failures).to.deep.equal([]);
  });

  it("D10 has cut into every call that writes, erases or burns", () => {
    expect(report.sites).to.have.length.above(20);
    expect(report.sites.filter(({ cut }) => !cut)).to.deep.equal([]);
  });

  it("D11 holds after erases that were left half way, of 4 KiB and 256 KiB", () => {
    for (const size of [4096, 262_144]) {
      const erases = report.flows.filter(({ erase }) => erase === size).map(({ counts }) => counts.get("inErase") ?? 0);
      expect(erases.reduce((a, b) => a + b)).to.be.above(50);
    }
    expect(report.failures).to.deep.equal([]);
  });

  it("D13 raises no rollback counter while a release is on trial", () => {
    expect(sum(report, "cuts", "trial")).to.be.above(50);
    expect(sum(report, "half", "install install-over resume resume-damaged trial confirm revert erase")).to.equal(0);
  });

  it("leaves the rollback counter old or new, and a rerun raises it", () => {
    expect(sum(report, "cuts", "raise")).to.be.above(50);
    expect(sum(report, "inBurn", "raise")).to.be.above(0);
    expect(sum(report, "half", "raise") + sum(report, "unfinished", "raise")).to.equal(0);
  });

  it("A6 leaves a unit blank, born, enrolled or locked, never between", () => {
    expect(sum(report, "cuts", "provision lock")).to.be.above(100);
    expect(sum(report, "half", "provision lock")).to.equal(0);
  });

  it("D30 takes an interrupted recovery again", () => {
    expect(sum(report, "cuts", "recovery")).to.be.above(50);
    expect(sum(report, "brick", "recovery") + sum(report, "unfinished", "recovery")).to.equal(0);
  });
});
