// SPDX-License-Identifier: Apache-2.0
// npm run unplug -- [--machine host|qemu] [--sample N --seed S] [--jobs N] [--replay STEP:DIRECTION:BYTE]: provisions units
// and unplugs them at every byte of the conversation in both directions, or at N random ones. Exits with 1 where a unit is
// left half provisioned, has a second key or certificate, stands twice anywhere, or cannot be finished.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { randomFrom, seedOfRun } from "../test/support/random.ts";
import { Workshop } from "../test/support/workshop.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { hostBench, qemuBench } from "./unplug/bench.ts";
import { everyCut, type Result, type StepCut, UnplugCampaign } from "./unplug/campaign.ts";

// Cuts that follow each other share a unit, so a job takes so many at once.
const NEIGHBORS = 40;

const { values } = scriptArguments(import.meta, {
  options: {
    machine: { type: "string", default: "host" },
    sample: { type: "string" },
    seed: { type: "string", default: `${seedOfRun()}` },
    jobs: { type: "string", default: `${availableParallelism()}` },
    replay: { type: "string" },
    part: { type: "string" },
  },
});
if (values.machine !== "host" && values.machine !== "qemu") {
  console.error("--machine is host or qemu");
  process.exit(2);
}

if (values.part !== undefined) console.log(JSON.stringify(await runPart(Number(values.part), Number(values.jobs))));
else process.exitCode = await runAll(values.replay === undefined ? Number(values.jobs) : 1);

async function runPart(part: number, jobs: number): Promise<Result> {
  await using workshop = await Workshop.open();
  const campaign = new UnplugCampaign(await (values.machine === "qemu" ? qemuBench : hostBench)(workshop));
  const cuts = chosen(everyCut(await campaign.conversation()));
  const run = Math.min(NEIGHBORS, Math.ceil(cuts.length / jobs));
  const share = cuts.filter((_, index) => Math.floor(index / run) % jobs === part);
  for (const cut of share) await campaign.unplug(cut);
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
  execFileSync("make", ["-s", "-C", "firmware", "unit", "bootloader"], { stdio: ["ignore", "ignore", "inherit"] });
  const began = performance.now();
  const own = process.argv.slice(2);
  const parts = await Promise.all(
    Array.from({ length: jobs }, async (_, part): Promise<Result> => {
      const args = [process.argv[1] ?? "", ...own, "--seed", values.seed, "--jobs", `${jobs}`, "--part", `${part}`];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      const [output] = await Promise.all([text(child.stdout), once(child, "close")]);
      return JSON.parse(output) as Result;
    }),
  );
  const sum = (count: (result: Result) => number): number => parts.reduce((total, part) => total + count(part), 0);
  const lives = new Set(parts.flatMap((part) => Object.keys(part.lives)));
  const failures = parts.flatMap((part) => part.failures);
  const after = [...lives].map((life) => `${sum((part) => part.lives[life] ?? 0)} ${life}`).join(", ");
  console.log(`${sum(({ cuts }) => cuts)} cuts on ${values.machine}, seed ${values.seed}; after them ${after}`);
  console.log(`${sum(({ units }) => units)} units finished, ${failures.length} rules broken`);
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
  for (const failure of failures) console.log(failure);
  return failures.length > 0 ? 1 : 0;
}
