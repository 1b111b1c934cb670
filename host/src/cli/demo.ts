// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { DRILLS, type DrillReport, runDrills } from "../demo/drills/run.ts";
import { DEMO_PORTS } from "../demo/firmware.ts";
import type { DemoStep } from "../demo/report.ts";
import { type DemoResult, runDemo } from "../demo/run.ts";
import { requireEspQemu } from "../device/esp-qemu.ts";
import { TouchmarkError } from "../errors.ts";
import type { Io } from "./io.ts";
import { table } from "./print.ts";
import { verb } from "./verb.ts";

// host/src/cli and build/host/cli are equally deep.
const ROOT = join(import.meta.dirname, "../../..");

export const demo = verb({
  command: "demo",
  describe: "Run the whole story on this machine: license, birth, registration, update, refusals",
  builder: (yargs) =>
    yargs
      .option("keep", { type: "boolean", default: false, describe: "Leave the chain and the unit running" })
      .option("port", { choices: DEMO_PORTS, default: "virt" as const, describe: "The unit; esp32c3 needs ESP_QEMU" })
      .option("folder", { type: "string", default: join(ROOT, "build/demo"), describe: "Where everything is written" })
      .option("drill", {
        choices: [...DRILLS.map(({ name }) => name), "all"],
        describe: "Keys lost and stolen instead; each goes on from those before it, which run first",
      })
      .example("$0 demo", "a blank machine to a licensed unit, and eight refusals")
      .example("$0 demo --keep", "and go on talking to the unit")
      .example("$0 demo --drill all", "what the unit refuses after thefts and losses, by name")
      .example("$0 demo --port esp32c3", "the same on the chip itself, from its mask ROM on"),
  handler: async ({ keep, folder, port, drill }, io) => {
    if (port === "esp32c3") requireEspQemu(process.env["ESP_QEMU"]);
    const listener = { begin: (name: string) => io.progress(`   … ${name}`), end: endOf(io) };
    const place = { root: ROOT, port, espQemu: process.env["ESP_QEMU"], folder, listener };
    if (drill !== undefined) {
      if (keep) throw new TouchmarkError("USAGE", { data: { together: ["drill", "keep"] } });
      const drills = await runDrills({ ...place, last: drill });
      return { json: { drills }, text: findings(drills) };
    }
    const result = await runDemo({ ...place, keep });
    return { json: result.report, text: [summary(result), ...left(result, folder)].join("\n\n") };
  },
});

function endOf(io: Io): (step: DemoStep, code?: string) => void {
  return ({ name, ok, seconds }, code) => {
    io.progress("");
    io.say(
      `${ok ? "ok" : "FAILED"} ${seconds.toFixed(1).padStart(5)} s  ${name}${code === undefined ? "" : `: ${code}`}`,
    );
  };
}

function findings(drills: readonly DrillReport[]): string {
  const rows = drills.flatMap(({ name, findings: list }) =>
    list.map(({ what, said }) => [`${name}: ${what}`, said] as const),
  );
  return `\n${table(rows)}`;
}

function summary({ report: { device, refused, figures } }: DemoResult): string {
  const codes = refused.map(({ case: name, code }) => [`refused ${name}`, code] as const);
  return `\n${table([...Object.entries(device), ...codes, ...Object.entries(figures)])}`;
}

function left({ report, running }: DemoResult, folder: string): string[] {
  if (running === undefined) return [];
  const { rpc, port, pids } = running;
  return [
    `The chain answers at ${rpc}, the unit at ${port}. In ${ROOT}:`,
    [
      `device hello ${port}`,
      `device state ${port} --out ${folder}/unit.json`,
      `release verify ${folder}/1.2.0.suit --state ${folder}/unit.json --root ${folder}/certs/root.pem`,
      `registry show ${report.device.address} --chain ${folder}/chain.json`,
    ]
      .map((words) => `  scripts/node host/src/cli/main.ts ${words}`)
      .join("\n"),
    `Stop both with: kill ${pids.join(" ")}`,
  ];
}
