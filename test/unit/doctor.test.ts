// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { examine, nodeVersion } from "../../host/src/doctor/findings.ts";
import { TemporaryFolder } from "../support/temporary-folder.ts";

describe("doctor", () => {
  it("finds programs on the search path and says how to get the others", () => {
    using folder = new TemporaryFolder();
    mkdirSync(folder.join("bin"));
    writeFileSync(folder.join("bin", "make"), "");
    chmodSync(folder.join("bin", "make"), 0o755);
    writeFileSync(folder.join("bin", "openssl"), ""); // not executable
    const found = new Map(examine(folder.path, `/nowhere:${folder.join("bin")}`).map((each) => [each.what, each]));
    expect(found.get("make")).to.include({ ok: true, detail: folder.join("bin", "make") });
    expect(found.get("openssl")).to.include({ ok: false, need: "tests" });
    expect(found.get("qemu-system-riscv32")).to.include({ ok: false, detail: "apt-get install qemu-system-misc" });
    expect(found.get("node_modules/ethers/package.json")).to.include({ ok: false, detail: "run scripts/bootstrap" });
  });

  for (const [version, ok] of [
    ["24.15.0", true],
    ["25.0.0", true],
    ["24.14.9", false],
    ["20.20.0", false],
  ] as const)
    it(`finds Node ${version} ${ok ? "new enough" : "too old"}`, () => {
      expect(nodeVersion(version).ok).to.equal(ok);
    });
});
