// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const root = join(import.meta.dirname, "../..");
const FOLDERS = ["test", "firmware/test", "protocol/vectors/cases"];

/** `file` › words, up to the next of them or the cell's end. */
const NAMED = /`([\w./-]+)` › ([^·|]+)/g;

/** Comments, so that their quotes open nothing, and strings of TypeScript and C. */
const TOKEN = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** What a file says in strings: titles are among them. */
const stringsOf = (path: string): string[] =>
  (readFileSync(path, "utf8").match(TOKEN) ?? []).filter((token) => !token.startsWith("/"));

const table = readFileSync(join(root, "docs/license-proof.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|"));
const shown = table.flatMap((line) => [...line.matchAll(NAMED)].map(([, file = "", words = ""]) => ({ file, words })));

describe("docs/license-proof.md", () => {
  it("names a test in every row about an attacker", () => {
    const head = table.findIndex((line) => line.startsWith("| attacker holds"));
    const rows = table.slice(head + 2, head + 2 + table.slice(head + 2).findIndex((line) => line.startsWith("| lost")));
    expect(rows.length).to.be.above(12);
    for (const row of rows) expect([...row.matchAll(NAMED)], row).to.not.be.empty;
  });

  for (const { file, words } of shown) {
    it(`finds "${words.trim()}" in a string of ${file}`, () => {
      const path = FOLDERS.map((folder) => join(root, folder, file)).find(existsSync);
      expect(path, file).to.be.a("string");
      expect(stringsOf(path ?? "").filter((string) => string.includes(words.trim()))).to.not.be.empty;
    });
  }
});
