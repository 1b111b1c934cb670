// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { compare } from "../../../scripts/lib/inventory.ts";
import { parseSolidityLine } from "../../../scripts/lib/solidity-output.ts";
import { runStage, type Stage, type StageReport } from "../../../scripts/lib/stage.ts";
import { parseTapLine } from "../../../scripts/lib/tap.ts";

const stage = (script: string, title?: string): Stage => ({
  commands: [[process.execPath, "--eval", script]],
  ...(title === undefined ? {} : { title }),
});

const outcomes = async (what: Stage): Promise<string[]> => {
  const { results } = await runStage("x", what, () => undefined);
  return results.map(({ outcome, title }) => `${outcome} ${title}`);
};

const report = (...titles: string[]): StageReport => ({
  stage: "unit",
  seconds: 0,
  results: titles.map((title) => ({ outcome: "passed", title })),
});

describe("the check", () => {
  it("reads TAP: results, skips, and nothing else", () => {
    expect(parseTapLine("ok 12 - title")).to.deep.equal({ outcome: "passed", title: "title" });
    expect(parseTapLine("ok 1 a b - c")).to.deep.equal({ outcome: "passed", title: "a b - c" });
    expect(parseTapLine("not ok 3 - title")).to.deep.equal({ outcome: "failed", title: "title" });
    expect(parseTapLine("ok 4 - title # SKIP no board")).to.deep.equal({ outcome: "skipped", title: "title" });
    for (const line of ["1..4", "# ok 1", "  ok 1 nested", "okay", "Bail out!"]) {
      expect(parseTapLine(line), line).to.equal(undefined);
    }
  });

  it("reads what Hardhat says of Solidity tests", () => {
    const passed = "    ✔ test_C12_fuzz_a_proof_fits_its_index(uint8,uint8) (runs: 256)";
    expect(parseSolidityLine(passed)).to.deep.equal({ outcome: "passed", title: "C12 fuzz a proof fits its index" });
    expect(parseSolidityLine("    1) invariant_quota()")).to.deep.equal({ outcome: "failed", title: "quota" });
    expect(parseSolidityLine("    - test_later()")).to.deep.equal({ outcome: "skipped", title: "later" });
    for (const line of ["  1) Suite#test_a()", "  12 passing", "      at Suite.test_a (x.sol:1)"]) {
      expect(parseSolidityLine(line), line).to.equal(undefined);
    }
  });

  it("counts a failing test once, although its program fails, too", async () => {
    expect(await outcomes(stage("console.log('ok 1 - a\\nnot ok 2 - b'); process.exit(1)"))).to.deep.equal([
      "passed a",
      "failed b",
    ]);
  });

  it("counts a program that dies between its tests", async () => {
    const [passed, died] = await outcomes(stage("console.log('ok 1 - a'); process.kill(process.pid, 'SIGKILL')"));
    expect(passed).to.equal("passed a");
    expect(died).to.match(/^failed .*exit SIGKILL/);
  });

  it("counts a program that fails after its tests passed", async () => {
    const [, died] = await outcomes(stage("console.log('ok 1 - a'); process.exit(3)"));
    expect(died).to.match(/^failed .*exit 3/);
  });

  it("leaves nothing running that a program has left behind", async () => {
    const script = `
      const { pid } = require("node:child_process").spawn("sleep", ["60"], { stdio: "inherit" });
      console.log("ok 1 - " + pid);
      process.exit(0)`;
    const started = performance.now();
    await outcomes(stage(script));
    expect(performance.now() - started).to.be.lessThan(10_000);
  });

  it("fails a stage in which no test ran", async () => {
    expect(await outcomes(stage("console.log('1..0')"))).to.deep.equal(["failed x: not a single test ran"]);
  });

  it("takes a command without TAP as one test of its title", async () => {
    expect(await outcomes(stage("", "holds"))).to.deep.equal(["passed holds"]);
    expect((await outcomes(stage("process.exit(1)", "holds")))[0]).to.match(/^failed/);
  });

  it("misses a listed test that did not run, and sees one that is not listed", () => {
    const listed = ["flows: other", "unit: a", "unit: b", "unit: b"];
    expect(compare(listed, [report("a", "b", "b")])).to.deep.equal({ missing: [], unlisted: [] });
    expect(compare(listed, [report("a", "b")])).to.deep.equal({ missing: ["unit: b"], unlisted: [] });
    expect(compare(listed, [report("a", "b", "b", "c")])).to.deep.equal({ missing: [], unlisted: ["unit: c"] });
  });
});
