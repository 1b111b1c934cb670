// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect } from "chai";
import { usageOf } from "../../../scripts/lib/arguments.ts";

describe("a script's usage", () => {
  it("is the comment at its head, and names the command, for every script that takes arguments", () => {
    for (const name of [
      "bench",
      "esp-cuts",
      "matrix",
      "powercut",
      "registry-faults",
      "sigkill",
      "sizes",
      "skips",
      "unplug",
    ]) {
      expect(readdirSync("scripts")).to.include(`${name}.ts`);
      expect(usageOf(`scripts/${name}.ts`).split("\n")[0], name).to.match(new RegExp(`npm run (-s )?${name}\\b`));
    }
  });

  it("is printed for --help with 0, and under what is wrong with 2", () => {
    const script = ["scripts/registry-faults.ts"];
    expect(execFileSync(process.execPath, [...script, "--help"], { encoding: "utf8" })).to.match(
      /^npm run registry-faults/,
    );
    const { status, stderr } = spawnSync(process.execPath, [...script, "--seedz"], { encoding: "utf8" });
    expect([status, stderr]).to.deep.equal([2, `Unknown option '--seedz'\n\n${usageOf(script[0] ?? "")}\n`]);
    const shell = execFileSync("scripts/witness-restarts", ["--help"], { encoding: "utf8" });
    expect(shell).to.match(/^npm run witness-restarts/);
  });
});
