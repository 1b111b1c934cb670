// SPDX-License-Identifier: Apache-2.0
// npm run coverage: lines, statements and branches of the contracts that the mocha tests reach. Hardhat counts the
// first two; branches are counted here, by a copy of the contracts in which every decision tells its outcome.
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { decisionsOf } from "./branches/conditions.ts";
import { instrument, LIBRARY, tagOf } from "./branches/instrument.ts";

const COPY = "build/coverage";
const LIBRARY_PATH = "contracts/Outcome.sol";
const COPIED = [
  "contracts",
  "protocol",
  "docs",
  "host",
  "test",
  "certs",
  "hardhat.config.ts",
  "package.json",
  "tsconfig.json",
];
/** What measures the contracts as they are deployed, and what tests the host over them. */
const LEFT_OUT = [
  ...["abi", "code", "gas", "solidity"],
  ...["batch-verb", "dimo-registry", "license-status", "license-verbs", "probe-registry", "register-batch"],
  ...["registry-faults", "registry-verbs", "verbs"],
].map((name) => `test/contracts/${name}.test.ts`);

interface Branch {
  readonly tag: bigint;
  readonly where: string;
  readonly outcome: string;
}

const root = process.cwd();
makeCopy();
const branches = instrumentCopy();
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/hardhat/dist/src/cli.js"), "test", "mocha", "--coverage"],
  { cwd: COPY, stdio: "inherit" },
);
report(branches, readTags());
process.exitCode = status ?? 1;

/** Instrumented contracts must not stand where others load them. */
function makeCopy(): void {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const path of COPIED) cpSync(path, join(COPY, path), { recursive: true });
  for (const path of LEFT_OUT) rmSync(join(COPY, path));
  symlinkSync(resolve("node_modules"), join(COPY, "node_modules"));
}

function instrumentCopy(): Branch[] {
  const paths = globSync("contracts/src/**/*.sol").toSorted();
  const sources = Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
  const found: Branch[] = [];
  let first = 0;
  for (const [path, decisions] of Object.entries(decisionsOf(sources))) {
    const source = sources[path] ?? "";
    if (decisions.length === 0) continue;
    const library = relative(dirname(path), LIBRARY_PATH);
    writeFileSync(join(COPY, path), instrument(source, decisions, first, library));
    const bytes = Buffer.from(source);
    for (const [index, { kind, start, end }] of decisions.entries()) {
      const line = bytes.subarray(0, start).toString().split("\n").length;
      const text =
        kind === "clause" ? (source.split("\n")[line - 1] ?? "").trim() : bytes.subarray(start, end).toString();
      for (const outcome of kind === "clause" ? [true] : [true, false])
        found.push({
          tag: tagOf(first + index, outcome),
          where: `${path}:${line}  ${text.replaceAll(/\s+/g, " ")}`,
          outcome: kind === "clause" ? "taken" : String(outcome),
        });
    }
    first += decisions.length;
  }
  writeFileSync(join(COPY, LIBRARY_PATH), LIBRARY);
  return found;
}

/** Numbers that reached Hardhat's coverage, in whichever of its workers. */
function readTags(): Set<bigint> {
  const folder = join(COPY, "coverage/data/mocha");
  return new Set(
    readdirSync(folder)
      .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(folder, name), "utf8")) as object))
      .map((tag) => BigInt(`0x${tag}`)),
  );
}

function report(all: readonly Branch[], tags: ReadonlySet<bigint>): void {
  const missed = all.filter(({ tag }) => !tags.has(tag));
  const reached = all.length - missed.length;
  console.log(
    "Branches: both outcomes of every condition of if, ?: and loop and of every operand of && and ||, each way out of a try",
  );
  console.log(`Branches reached: ${reached} of ${all.length}, ${((100 * reached) / all.length).toFixed(2)} %`);
  for (const { where, outcome } of missed) console.log(`  never ${outcome}: ${where}`);
}
