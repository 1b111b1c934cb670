// SPDX-License-Identifier: Apache-2.0
// The whole story on one machine: a license is granted, a unit is born, registered and locked, proves the license to
// itself and installs; then it refuses what it must.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { bear } from "./birth.ts";
import type { DemoPort } from "./firmware.ts";
import { writeReport, writeWorld } from "./outputs.ts";
import { prepare } from "./prepare.ts";
import type { ReleaseLine } from "./releases.ts";
import { type DemoReport, type StepListener, Steps } from "./report.ts";
import { update } from "./updates.ts";
import { type Born, SERIAL, type World } from "./world.ts";

export interface DemoOptions {
  /** The repository. */
  readonly root: string;
  readonly port: DemoPort;
  /** A QEMU that has the ESP32-C3, where the unit is one. */
  readonly espQemu?: string | undefined;
  /** Emptied first. */
  readonly folder: string;
  /** Leaves the chain and the unit running. */
  readonly keep: boolean;
  readonly listener: StepListener;
}

export interface DemoResult {
  readonly report: DemoReport;
  /** Where to reach what was left running. */
  readonly running?: { readonly rpc: string; readonly port: string; readonly pids: readonly number[] };
}

/** Writes `folder`; stops what it started, whatever happens. @throws what the failing step throws */
export async function runDemo({ root, port, espQemu, folder, keep, listener }: DemoOptions): Promise<DemoResult> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await using processes = new AsyncDisposableStack();
  await using open = new AsyncDisposableStack();
  const steps = new Steps(listener);
  const world = await prepare({ root, port, espQemu, folder, steps, processes, open });
  const line: ReleaseLine = { ...world, identity: world.authority.ota };
  const born = await bear(world, line);
  writeWorld(world, born.address);
  const refused = await update(world, line, born);
  const report = await reportOf(world, born, steps, refused);
  writeReport(folder, report);
  if (!keep) return { report };

  const { child, rpc } = world.chain;
  const { machine } = born.unit;
  processes.move();
  for (const left of [child, machine]) left.release();
  return { report, running: { rpc, port: machine.address, pids: [child.pid, machine.pid] } };
}

async function reportOf(world: World, born: Born, steps: Steps, refused: DemoReport["refused"]): Promise<DemoReport> {
  const { client } = born.unit;
  const { version, slot } = await client.hello();
  const bytes = (name: string): number => statSync(join(world.folder, name)).size;
  const seconds = steps.done.reduce((sum, step) => sum + step.seconds, 0);
  return {
    device: {
      address: born.address,
      serial: SERIAL,
      manufacturerId: String(world.license.manufacturerId),
      tokenId: String(born.tokenId),
      version,
      slot: slot === 0 ? "A" : "B",
    },
    steps: steps.done,
    refused,
    figures: { totalSeconds: Math.round(seconds * 10) / 10, bundleBytes: bytes("1.2.0.suit") },
  };
}
