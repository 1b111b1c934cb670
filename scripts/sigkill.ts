// SPDX-License-Identifier: Apache-2.0
// npm run sigkill -- [--moments N] [--from M] [--seed S] [--flow provisioning|update|trial] [--journal FILE] [--json]: kills
// units in QEMU at N random moments of each flow, and takes each unit to the end. Each failure is a line with its flow,
// seed and moment; --from M --moments 1 tries it again. A slow answer is one that came after the client's patience: the
// machine was busy, or the unit hung until its watchdog. --journal notes each kill. Exits with 1 after a failure.
import { appendFileSync } from "node:fs";
import { seedOfRun } from "../test/support/random.ts";
import { Workshop } from "../test/support/workshop.ts";
import { scriptArguments } from "./lib/arguments.ts";
import { flows, PowerLoss } from "./sigkill/power-loss.ts";

const { values } = scriptArguments(import.meta, {
  options: {
    moments: { type: "string", default: "340" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: String(seedOfRun()) },
    flow: { type: "string" },
    journal: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const chosen = flows.filter((flow) => values.flow === undefined || values.flow === flow);
if (chosen.length === 0) {
  console.error(`--flow is one of ${flows.join(", ")}`);
  process.exit(2);
}

const began = performance.now();
const kills = Object.fromEntries(chosen.map((flow) => [flow, 0]));
const failures: string[] = [];
let slow = 0;
{
  await using workshop = await Workshop.open();
  const loss = await PowerLoss.prepare(workshop, Number(values.seed));
  const from = Number(values.from);
  for (let moment = from; moment < from + Number(values.moments); moment++) {
    for (const flow of chosen) {
      const failure = await loss.kill(flow, moment).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      const was = failure ?? (loss.slow > slow ? "slow" : "fine");
      slow = loss.slow;
      kills[flow] = (kills[flow] ?? 0) + 1;
      if (failure !== undefined) failures.push(failure);
      if (moment % 10 === 9) console.error(`${flow} ${moment + 1}: ${failures.length} failures`);
      if (values.journal !== undefined) appendFileSync(values.journal, `${flow} ${values.seed} ${moment} ${was}\n`);
    }
  }
}
const seconds = (performance.now() - began) / 1000;
if (values.json) console.log(JSON.stringify({ seed: Number(values.seed), kills, failures, slow, seconds }, null, 2));
else {
  for (const failure of failures) console.log(failure);
  const each = Object.entries(kills).map(([flow, count]) => `${flow} ${count}`);
  console.log(
    `killed: ${each.join(", ")}; ${failures.length} failures, ${slow} slow answers, seed ${values.seed}, ${seconds.toFixed(1)} s (between device operations)`,
  );
}
process.exit(failures.length === 0 ? 0 : 1);
