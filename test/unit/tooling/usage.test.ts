// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { usageOf } from "../../../scripts/lib/arguments.ts";

describe("a script's usage", () => {
  it("is the comment at its head, which names the command that package.json has for it", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const withArguments = Object.entries(scripts).flatMap(([name, command]) => {
      const path = /scripts\/[\w-]+\.ts$/.exec(command)?.[0];
      return path !== undefined && readFileSync(path, "utf8").includes("scriptArguments(") ? [{ name, path }] : [];
    });
    expect(withArguments).to.have.length.above(8);
    for (const { name, path } of withArguments)
      expect(usageOf(path).split("\n")[0]).to.match(new RegExp(`npm run (-s )?${name}\\b`));
  });

  it("is printed for --help with 0, and under what is wrong with 2", () => {
    const script = ["scripts/registry-faults.ts"];
    expect(execFileSync(process.execPath, [...script, "--help"], { encoding: "utf8" })).to.match(
      /^npm run registry-faults/,
    );
    const { status, stderr } = spawnSync(process.execPath, [...script, "--seedz"], { encoding: "utf8" });
    expect([status, stderr]).to.deep.equal([2, `Unknown option '--seedz'\n\n${usageOf(script[0] ?? "")}\n`]);
    const shell = execFileSync("scripts/hostile-nodes", ["--help"], { encoding: "utf8" });
    expect(shell).to.match(/^npm run hostile-nodes/);
  });
});
