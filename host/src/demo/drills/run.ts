// SPDX-License-Identifier: Apache-2.0
// What a maker has to live through, on one unit and one chain: each drill goes on from the one before.
import { mkdirSync, rmSync } from "node:fs";
import type { DemoPort } from "../firmware.ts";
import { type StepListener, Steps } from "../report.ts";
import type { Drill, Finding } from "./drill.ts";
import { challengeMode, licenseRevoked, otaKeyStolen, toldLater } from "./license.ts";
import { Scene } from "./scene.ts";
import { poisonedBlock, quorumLost, rootLost, signerRotated } from "./trust.ts";

export const DRILLS: readonly Drill[] = [
  ...[otaKeyStolen, toldLater, challengeMode],
  ...[signerRotated, quorumLost, poisonedBlock, licenseRevoked, rootLost],
];

export interface DrillOptions {
  /** The repository. */
  readonly root: string;
  readonly port: DemoPort;
  readonly espQemu?: string | undefined;
  /** Emptied first. */
  readonly folder: string;
  /** The last drill to run; all without it. */
  readonly last?: string | undefined;
  readonly listener: StepListener;
}

export interface DrillReport {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** @throws INTERNAL where a unit or the chain says anything else than it must */
export async function runDrills({ last, listener, ...place }: DrillOptions): Promise<readonly DrillReport[]> {
  rmSync(place.folder, { recursive: true, force: true });
  mkdirSync(place.folder, { recursive: true });
  await using processes = new AsyncDisposableStack();
  await using open = new AsyncDisposableStack();
  const steps = new Steps(listener);
  const scene = await Scene.open({ ...place, steps, processes, open });
  const until = DRILLS.findIndex(({ name }) => name === last);
  const reports: DrillReport[] = [];
  for (const drill of until < 0 ? DRILLS : DRILLS.slice(0, until + 1)) {
    reports.push({ name: drill.name, findings: await steps.take(drill.title, () => findingsOf(drill, scene)) });
  }
  return reports;
}

export async function findingsOf(drill: Drill, scene: Scene): Promise<readonly Finding[]> {
  scene.findings = [];
  await drill.run(scene);
  return scene.findings;
}
