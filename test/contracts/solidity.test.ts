// SPDX-License-Identifier: Apache-2.0
// Fuzz and invariant tests in Solidity (test/contracts/solidity), run once by hardhat and told one by one.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const root = join(import.meta.dirname, "../..");
const folder = join(import.meta.dirname, "solidity");
const MINUTES = 60_000;

/** Names of the test functions in a file. */
function testsIn(file: string): string[] {
  const source = readFileSync(join(folder, file), "utf8");
  return [...source.matchAll(/function ((?:test|invariant)_\w+)/g)].map(([, name = ""]) => name);
}

/** "test_C6_fuzz_one_pass" → "C6 fuzz one pass". */
const title = (name: string): string => name.replace(/^test_/, "").replaceAll("_", " ");

async function hardhat(...args: string[]): Promise<string> {
  const cli = join(root, "node_modules/hardhat/dist/src/cli.js");
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
  const run = promisify(execFile)(process.execPath, [cli, ...args], { cwd: root, env, maxBuffer: 1 << 26 });
  return await run.then(
    ({ stdout }) => stdout,
    (failed: { stdout: string; stderr: string }) => `${failed.stdout}\n${failed.stderr}`,
  );
}

describe("Solidity", function () {
  let report = "";

  before(async function () {
    this.timeout(15 * MINUTES);
    report = await hardhat("test", "solidity");
  });

  for (const file of readdirSync(folder).filter((name) => name.endsWith(".t.sol"))) {
    describe(file, () => {
      for (const name of testsIn(file))
        it(title(name), () => {
          expect(report).to.match(new RegExp(`✔ ${name}\\(`));
        });
    });
  }
});
