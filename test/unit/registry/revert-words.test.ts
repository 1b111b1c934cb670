// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Interface } from "ethers";
import { loadArtifact } from "../../../host/src/registry/artifacts.ts";
import { wordsOf } from "../../../host/src/registry/revert-words.ts";

const contracts = ["LicenseProgramme", "OtaBoard", "DeviceRegistry", "ManufacturerId", "Roles"] as const;
const errors = contracts.map((name) => new Interface(loadArtifact(name).abi));

function said(error: string, args: readonly unknown[]) {
  const known = errors.find((each) => each.getError(error) !== null);
  const parsed = known?.parseError(known.encodeErrorResult(error, args));
  if (!parsed) throw new Error(error);
  return wordsOf(parsed);
}

describe("a contract's refusal, for people", () => {
  const cases: Readonly<Record<string, readonly [args: readonly unknown[], means: string, hint: RegExp]>> = {
    NotAllowedIn: [[1, 3], "id 1, life suspended", /license status/],
    AuditMissing: [[1, 0], "id 1, kind hardware", /license audit/],
    AuditTooShort: [
      [1, 2, 1_800_000_000],
      "id 1, kind experience, validUntil 2027-01-15T08:00:00.000Z",
      /license audit/,
    ],
    LicenseNotInForce: [[1, 2, 0], "id 1, status suspended, expiry none", /license status/],
    SlashReason: [[0], "reason unspecified", /^$/],
    SlashNotIn: [[1, 4], "id 1, state executed", /^$/],
    AttributeFixed: [["Serial"], "attribute Serial", /registered/],
  };
  for (const [error, [args, means, hint]] of Object.entries(cases))
    it(`${error} names its fields, enums and times in words`, () => {
      const words = said(error, args);
      expect(words.means).to.equal(means);
      expect(words.hint ?? "").to.match(hint);
    });

  it("hints only at errors that a contract has", () => {
    const source = readFileSync(new URL("../../../host/src/registry/revert-words.ts", import.meta.url), "utf8");
    const names = [...source.matchAll(/^ {2}([A-Z][A-Za-z0-9]+):/gm)].map(([, name]) => name ?? "");
    expect(names).to.include("NotAllowedIn");
    for (const name of names.filter((each) => !each.startsWith("ERC20")))
      expect(
        errors.some((each) => each.getError(name) !== null),
        name,
      ).to.equal(true);
  });
});
