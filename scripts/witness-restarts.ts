// SPDX-License-Identifier: Apache-2.0
// npm run witness-restarts -- [--restarts N] [--seed S] [--witnesses N]: kills witness services under load, 1,000 times in
// all by default, several at a time, each with its own record. Progress goes to standard error, one line to standard
// output. Exits with 1 at the first failure: two hashes for one number, a statement that its record does not know, a witness
// that does not start again.
import { availableParallelism } from "node:os";
import { type Restarts, restartWitness } from "../test/support/witness-restarts.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { commitOfRun } from "./lib/commit.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    restarts: { type: "string", default: "1000" },
    seed: { type: "string", default: "5" },
    witnesses: { type: "string", default: String(availableParallelism()) },
  },
});
const [restarts, seed, witnesses] = [values.restarts, values.seed, values.witnesses].map(Number);
if (!restarts || !witnesses || seed === undefined || Number.isNaN(seed)) {
  console.error("--restarts, --seed and --witnesses are numbers");
  process.exit(2);
}

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
let done = 0;
const progress = (): void => {
  if (++done % 25 === 0) console.error(`${done} of ${restarts} restarts, ${seconds()} s`);
};
const tail = (): string => `seed ${seed}, ${seconds()} s, commit ${commitOfRun()}`;

try {
  const lanes = Array.from({ length: witnesses }, (_, lane) =>
    restartWitness(Math.floor((restarts + lane) / witnesses), seed + lane, progress),
  );
  const results = await Promise.all(lanes);
  const sum = (count: keyof Restarts): number => results.reduce((total, result) => total + result[count], 0);
  console.log(
    `${sum("restarts")} restarts of ${witnesses} witnesses, ${sum("statements")} statements over ${sum("numbers")} numbers, 0 failures, ${tail()}`,
  );
  process.exit(0);
} catch (error) {
  console.error(error);
  console.log(`stopped at a failure, after ${done} restarts: ${tail()}`);
  process.exit(1);
}
