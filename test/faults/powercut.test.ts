// SPDX-License-Identifier: Apache-2.0
// A short run of the power-cut campaign; `npm run powercut` cuts at every operation.
import { expect } from "chai";
import { cutPower, type PowercutReport } from "../../scripts/lib/powercut.ts";

const FLOWS =
  "install install-over resume resume-damaged delta delta-over trial confirm revert erase recovery recovery-record provision lock floor rotate floor-due rotate-due raise";
const KINDS = ["before", "torn", "early", "late", "front", "back", "after"];
const BEFORE_CONFIRM = "install install-over resume resume-damaged delta delta-over trial confirm revert erase";

describe("the shipping C over NOR flash that loses power", () => {
  let report: PowercutReport;
  let pairs: PowercutReport;
  let triples: PowercutReport;
  const sum = (of: PowercutReport, name: string, flows = FLOWS): number =>
    of.flows
      .filter(({ flow }) => flows.split(" ").includes(flow))
      .reduce((all, { counts }) => all + (counts.get(name) ?? 0), 0);

  before(async function () {
    this.timeout(120_000);
    report = await cutPower(["--cuts", "60"], 2);
    pairs = await cutPower(["--within", "12", "--longest", "400", "--cuts", "30"], 2);
    triples = await cutPower(["--depth", "3", "--cuts", "14"], 2);
  });

  it("D10 starts the old or the new image after a cut before, in and after operations of every flow", () => {
    expect(new Set(report.flows.map(({ flow }) => flow))).to.deep.equal(new Set(FLOWS.split(" ")));
    for (const kind of KINDS) expect(sum(report, kind)).to.be.above(100);
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

  it("D10 holds after a third", () => {
    expect(sum(triples, "third")).to.be.above(100);
    expect(triples.failures).to.deep.equal([]);
  });

  it("counts the states that cuts leave behind, each once", () => {
    expect(sum(report, "states")).to.be.above(sum(report, "before")).and.below(sum(report, "cuts"));
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
    expect(sum(report, "half", BEFORE_CONFIRM)).to.equal(0);
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
    expect(sum(report, "cuts", "recovery recovery-record")).to.be.above(50);
    expect(
      sum(report, "brick", "recovery recovery-record") + sum(report, "unfinished", "recovery recovery-record"),
    ).to.equal(0);
  });
});
