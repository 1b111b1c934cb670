// SPDX-License-Identifier: Apache-2.0
// npm run unplug -- [--machine host|qemu] [--sample N] [--seed S] [--jobs N] [--replay STEP:DIRECTION:BYTE]: provisions units
// and unplugs them at every byte of the conversation in both directions, or at N random ones. Progress goes to standard error,
// what broke a rule and one summary line to standard output. Exits with 1 where a unit is left half provisioned, has a second
// key or certificate, stands twice anywhere, or cannot be finished, and where a job ends without a result.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { buildApp, buildBootloader } from "../host/src/demo/firmware.ts";
import { randomFrom, seedOfRun } from "../test/support/random.ts";
import { Workshop } from "../test/support/workshop.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { commitOfRun } from "./lib/commit.ts";
import { hostBench, qemuBench } from "./unplug/bench.ts";
import { everyCut, type Result, type StepCut, UnplugCampaign } from "./unplug/campaign.ts";

// Cuts that follow each other share a unit, so a job takes so many at once.
const NEIGHBORS = 40;
const PROGRESS_CUTS = 25;
const ROOT = new URL("..", import.meta.url).pathname;

const { values } = scriptArguments(import.meta, {
  options: {
    machine: { type: "string", default: "host" },
    sample: { type: "string" },
    seed: { type: "string", default: `${seedOfRun()}` },
    jobs: { type: "string", default: `${availableParallelism()}` },
    replay: { type: "string" },
    // One job's share, for the process that does it.
    part: { type: "string" },
  },
});
const counts = [values.sample ?? "1", values.jobs, values.seed].map(Number);
if ((values.machine !== "host" && values.machine !== "qemu") || !counts.every((n) => Number.isInteger(n) && n > 0)) {
  console.error("--machine is host or qemu; --sample, --seed and --jobs are numbers from 1");
  process.exit(2);
}

if (values.part !== undefined) console.log(JSON.stringify(await runPart(Number(values.part), Number(values.jobs))));
else process.exitCode = await runAll(values.replay === undefined ? Number(values.jobs) : 1);

async function runPart(part: number, jobs: number): Promise<Result> {
  await using workshop = await Workshop.open();
  const campaign = await UnplugCampaign.on(await (values.machine === "qemu" ? qemuBench : hostBench)(workshop));
  const cuts = chosen(everyCut(await campaign.conversation()));
  if (cuts.length === 0) throw new Error(`no such cut: ${values.replay}`);
  const run = Math.min(NEIGHBORS, Math.ceil(cuts.length / jobs));
  const share = cuts.filter((_, index) => Math.floor(index / run) % jobs === part);
  for (const [index, cut] of share.entries()) {
    await campaign.unplug(cut);
    if ((index + 1) % PROGRESS_CUTS === 0) console.error(`job ${part}: ${index + 1} of ${share.length} cuts`);
  }
  return await campaign.result();
}

/** In order, so that one unit serves neighbors. */
function chosen(cuts: readonly StepCut[]): readonly StepCut[] {
  if (values.replay !== undefined)
    return cuts.filter(({ step, direction, byte }) => `${step}:${direction}:${byte}` === values.replay);
  if (values.sample === undefined) return cuts;
  const random = randomFrom(Number(values.seed));
  const marks = new Set<number>();
  while (marks.size < Math.min(Number(values.sample), cuts.length)) marks.add(Math.floor(random() * cuts.length));
  return cuts.filter((_, index) => marks.has(index));
}

async function runAll(jobs: number): Promise<number> {
  // Before the jobs, which would build them at the same time.
  execFileSync("make", ["-s", "-C", `${ROOT}firmware`, "unit"], { stdio: ["ignore", "ignore", "inherit"] });
  await buildBootloader(ROOT);
  await buildApp(ROOT, "1.0.0");
  const began = performance.now();
  const parts = await Promise.all(Array.from({ length: jobs }, (_, part) => job(part, jobs)));
  const sum = (count: (result: Result) => number): number => parts.reduce((total, part) => total + count(part), 0);
  const lives = new Set(parts.flatMap((part) => Object.keys(part.lives)));
  const failures = parts.flatMap((part) => part.failures);
  for (const failure of failures) console.log(failure);
  const after = [...lives].map((life) => `${sum((part) => part.lives[life] ?? 0)} ${life}`).join(", ");
  const figures = [
    `${sum(({ cuts }) => cuts)} cuts on ${values.machine}, ${failures.length} broken`,
    `after them ${after}; ${sum(({ units }) => units)} units finished`,
    `seed ${values.seed}, ${((performance.now() - began) / 1000).toFixed(0)} s, commit ${commitOfRun()}`,
  ];
  console.log(figures.join("; "));
  return failures.length > 0 ? 1 : 0;
}

async function job(part: number, jobs: number): Promise<Result> {
  const own = process.argv.slice(2);
  const args = [process.argv[1] ?? "", ...own, "--seed", values.seed, "--jobs", `${jobs}`, "--part", `${part}`];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code === 0) return JSON.parse(output) as Result;
  return { cuts: 0, units: 0, lives: {}, failures: [`job ${part} ended with ${String(code)}, without a result`] };
}
