// SPDX-License-Identifier: Apache-2.0
// npm run proof-corpus -- [--seed S] [--damage N] [--write [--chain-seed S] [--accounts N] [--slots N]]: makes the chain of
// protocol/vectors/large anew on a Hardhat node (100,000 accounts, as many slots below the board) and compares header and
// proofs with the committed ones; --write commits others. Then every named case on that chain, and N damaged bundles of each
// place, by C on this machine, rv32imc in QEMU and TypeScript: one verdict, floor and epoch, and the expected code. Minutes.
// Progress goes to standard error, the figures to standard output. Exits with 1 at a difference.
import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { largeChain, largeDepths, largePath, largeScenario } from "../protocol/vectors/lab/large.ts";
import { type LargeEntry, largeCases, largeDamage } from "../test/support/large-corpus.ts";
import { hostVerdict } from "../test/support/proof-vectors.ts";
import { seedOfRun } from "../test/support/random.ts";
import { deviceVerdicts, emulatedVerdicts } from "../test/support/tm-verdict.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { commitOfRun } from "./lib/commit.ts";
import { makeLargeChain } from "./proof-corpus/chain.ts";

// Of QEMU: so many bundles a run.
const AT_ONCE = 50;

const { values } = scriptArguments(import.meta, {
  options: {
    seed: { type: "string", default: String(seedOfRun()) },
    damage: { type: "string", default: "30" },
    write: { type: "boolean", default: false },
    "chain-seed": { type: "string", default: "1" },
    accounts: { type: "string", default: "100000" },
    slots: { type: "string", default: "100000" },
  },
});

const began = performance.now();
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
const seed = Number(values.seed);

const committed = values.write ? undefined : largeChain();
const asked = { seed: Number(values["chain-seed"]), accounts: Number(values.accounts), slots: Number(values.slots) };
const { seed: chainSeed, accounts, slots } = committed ?? asked;
const chain = await makeLargeChain(chainSeed, accounts, slots);
console.error(`the chain is made, ${seconds()} s`);
if (committed === undefined) writeFileSync(largePath, `${JSON.stringify(chain, null, 2)}\n`);
else if (!isDeepStrictEqual(chain, committed)) stop("the chain is another than the committed one");

const large = largeScenario(chain);
const entries = [...largeCases(large), ...largeDamage(large, Number(values.damage), seed)];
console.error(`${entries.length} vectors are made, ${seconds()} s`);
const verdicts = new Set<string>();
for (let at = 0; at < entries.length; at += AT_ONCE) {
  judge(entries.slice(at, at + AT_ONCE));
  console.error(`${Math.min(at + AT_ONCE, entries.length)} of ${entries.length} judged, ${seconds()} s`);
}

const depths = Object.entries(largeDepths(large, chain)).map(([name, depth]) => `${name} ${depth}`);
const longest = Math.max(...entries.map(({ question }) => question.input.length));
const named = entries.filter(({ expect }) => expect !== undefined).length;
console.log(
  `${accounts} accounts, ${slots} slots; nodes deep: ${depths.join(", ")}; header ${chain.header.length / 2} bytes`,
);
console.log(
  `${entries.length} vectors (${named} named, ${entries.length - named} damaged; ${verdicts.size} verdicts; up to ${longest} bytes): C, rv32imc in QEMU and TypeScript agree, 0 failures, seed ${seed}, ${seconds()} s, commit ${commitOfRun()}`,
);
process.exit(0);

function judge(part: readonly LargeEntry[]): void {
  const questions = part.map(({ question }) => question);
  const device = deviceVerdicts(questions);
  const emulated = emulatedVerdicts(questions).verdicts.map(({ work: _work, ...verdict }) => verdict);
  for (const [at, { title, expect, question }] of part.entries()) {
    const answers = { expect, host: hostVerdict(question), device: device[at], emulated: emulated[at] };
    const alike = [answers.device, answers.emulated].every((verdict) => isDeepStrictEqual(verdict, answers.host));
    if (!alike || (expect ?? answers.host.verdict) !== answers.host.verdict) stop(title, answers);
    verdicts.add(answers.host.verdict);
  }
}

function stop(what: string, ...details: readonly unknown[]): never {
  console.error(what, ...details);
  console.log(`stopped at a failure: ${what}; seed ${seed}, ${seconds()} s, commit ${commitOfRun()}`);
  process.exit(1);
}
