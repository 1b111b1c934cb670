// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type LifeMatrix, lifeMatrix } from "./support/life-matrix.ts";
import { type RoleRow, roleMatrix, triedFunctions, writingFunctions } from "./support/role-matrix.ts";
import { lifeTable, roleTable } from "./support/tables.ts";
import { World } from "./support/world.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/license-programme.md"), "utf8");

describe("license text 9: life", () => {
  let matrix: LifeMatrix;

  before(async function () {
    this.timeout(60_000);
    matrix = await lifeMatrix();
  });

  it("allows in each state what docs/license-programme.md says, and nothing else", () => {
    expect(page).to.include(lifeTable(matrix));
  });

  it("refuses everything else with an error that says why", () => {
    const reasons = new Set(matrix.refusals.values());
    expect([...reasons].toSorted()).to.deep.equal(
      [
        "InvalidNode",
        "LicenseExpired",
        "LicenseNotInForce",
        "NotAllowedIn",
        "NotAnnounced",
        "NotLicensee",
        "SecurityVersionTooLow",
        "SlashAmount",
        "StakeBelowMinimum",
        "StakeNotFree",
      ]
        .concat("ExpiryLater")
        .toSorted(),
    );
  });
});

describe("C7 roles", () => {
  let rows: RoleRow[];

  before(async function () {
    this.timeout(120_000);
    rows = await roleMatrix();
  });

  it("are tried on every function that changes state", async () => {
    expect(writingFunctions(await World.deploy()).toSorted()).to.deep.equal([...triedFunctions].toSorted());
  });

  it("may call what docs/license-programme.md says", () => {
    expect(page).to.include(roleTable(rows));
  });

  it("are refused everything else for lack of the role", () => {
    for (const { path, odd } of rows) expect([...odd], path).to.deep.equal([]);
  });
});
