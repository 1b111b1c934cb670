// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "chai";

/** This file spells what it forbids. */
const SELF = "test/invariants/sources.test.ts";

const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
const texts = tracked.filter(
  (path) => !/^LICENSE$|\.(png|bin|suit|der)$|\/vectors\/.*\.json$/.test(path) && path !== SELF,
);

/** `path:line` of every line that matches. */
function lines(pattern: RegExp, paths = texts): string[] {
  return paths.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe("sources", () => {
  it("carry their license on top", () => {
    const sources = tracked.filter((path) => /\.(ts|c|h|S|ld|mk|sol|sh)$|^scripts\/[\w-]+$|Makefile$/.test(path));
    const bare = sources.filter(
      (path) =>
        !readFileSync(path, "utf8").split("\n").slice(0, 3).join().includes("SPDX-License-Identifier: Apache-2.0"),
    );
    expect(sources.length).to.be.greaterThan(100);
    expect(bare).to.deep.equal([]);
  });

  it("spell license as the law they name does, and promise no absence of trust", () => {
    expect(lines(/\blicences?\b|\btrustless/i)).to.deep.equal([]);
  });

  it("name no folder of one machine", () => {
    expect(lines(/(^|[\s"'`(=:])(\/root\/|\/home\/\w|\/work\/|\/Users\/)/)).to.deep.equal([]);
  });

  it("hold no private key outside certs/fake", () => {
    expect(lines(/BEGIN (EC |RSA |ENCRYPTED )?PRIVATE KEY-----$/)).to.deep.equal([]);
  });

  it("write files and databases in one place each; but for what a demonstration or an emulated chip leaves", () => {
    const writers = /^host\/src\/(files\.ts|ledger\/database\.ts|demo\/.*|device\/(chip-files|esp-qemu)\.ts)$/;
    const others = tracked.filter((path) => path.startsWith("host/src/") && !writers.test(path));
    const calls =
      /\b(writeFile|writeFileSync|appendFile\w*|createWriteStream|writeSync|copyFile\w*)\(|new DatabaseSync\(/;
    expect(lines(calls, others)).to.deep.equal([]);
  });

  it("point one way: a lower layer of the host imports no higher one", () => {
    const layers = [
      ["protocol", "errors.ts", "files.ts"],
      ["keys", "device", "ledger"],
      ["authority"],
      ["station"],
      ["cli", "demo"],
    ];
    const ranks = new Map(layers.flatMap((names, rank) => names.map((name) => [name, rank] as const)));
    const upward = tracked.flatMap((path) => {
      const [, own] = /^host\/src\/([^/]+)/.exec(path) ?? [];
      const rank = ranks.get(own ?? "");
      if (rank === undefined) return [];
      const imports = [...readFileSync(path, "utf8").matchAll(/from "((?:\.\.\/)+)([^/"]+)/g)];
      return imports.flatMap(([, , other = ""]) => ((ranks.get(other) ?? 0) > rank ? [`${path} → ${other}`] : []));
    });
    expect(upward).to.deep.equal([]);
  });
});
