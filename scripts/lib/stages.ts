// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseSolidityLine } from "./solidity-output.ts";
import type { Stage } from "./stage.ts";

const NODE = process.execPath;
const bin = (path: string): [string, string] => [NODE, `node_modules/${path}`];

/** Mocha over folders below test/; a folder that is not there is not asked for. */
const mocha = (areas: readonly string[], ...options: string[]): [string, ...string[]] => [
  ...bin("mocha/bin/mocha.js"),
  "--reporter",
  "tap",
  ...options,
  ...areas.filter((area) => existsSync(`test/${area}`)).map((area) => `test/${area}/**/*.test.ts`),
];

/** Test files side by side, one process each. */
const SIDE_BY_SIDE = ["--parallel", "--jobs", String(Math.min(availableParallelism(), 4))];

const build = (what: string): [string, string] => ["scripts/bootstrap", what];

/** Areas of mocha's tests by stage. */
const AREAS = {
  unit: ["unit", "vectors", "invariants"],
  contracts: ["contracts"],
  flows: ["flows", "faults"],
} as const;

const solidity: Stage = {
  commands: [[...bin("hardhat/dist/src/cli.js"), "test", "solidity"]],
  parse: parseSolidityLine,
};
const firmware: Stage = { commands: [["make", "-C", "firmware", "--no-print-directory", "-k", "test"]] };

/** The stages in the order in which they run: the quickest first. */
export const STAGES: Readonly<Record<string, Stage>> = {
  format: {
    title: "biome would change no file",
    commands: [[...bin("@biomejs/biome/bin/biome"), "ci", "--colors=off"]],
  },
  lint: { title: "oxlint finds nothing", commands: [[...bin("oxlint/bin/oxlint"), "--type-aware"]] },
  types: { title: "the types hold", commands: [[...bin("typescript/bin/tsc"), "--noEmit"]] },
  generated: {
    title: "generated files say what protocol.json says",
    commands: [[NODE, "protocol/generate.ts", "--check"]],
  },
  unit: { commands: [mocha(AREAS.unit, ...SIDE_BY_SIDE)] },
  firmware,
  contracts: { commands: [build("contracts"), mocha(AREAS.contracts, ...SIDE_BY_SIDE)] },
  solidity,
  flows: { commands: [build("all"), mocha(AREAS.flows, ...SIDE_BY_SIDE, "--timeout", "180000")] },
  fuzz: { commands: [["scripts/fuzz", "30"]] },
};

/** The same tests by their titles alone, where that is possible: for the inventory. */
export const LISTS: Readonly<Record<string, Stage>> = {
  unit: { commands: [mocha(AREAS.unit, "--dry-run")] },
  firmware,
  contracts: { commands: [mocha(AREAS.contracts, "--dry-run")] },
  solidity,
  flows: { commands: [mocha(AREAS.flows, "--dry-run")] },
};
