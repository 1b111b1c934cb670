// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type ChipFiles, copyChip } from "../../host/src/device/chip-files.ts";
import { installRelease } from "../../host/src/device/install-release.ts";
import type { UnitClient } from "../../host/src/device/unit-client.ts";
import { isTouchmarkError } from "../../host/src/errors.ts";
import { provision } from "../../host/src/station/provision.ts";
import { powerEsp, SETTLE_MS } from "./esp-chip.ts";
import { PoweredUnit } from "./powered-unit.ts";
import { randomFrom } from "./random.ts";
import { Workshop } from "./workshop.ts";

export interface EspCuts {
  readonly seed: number;
  readonly cuts: number;
  /** Cuts after which the unit did not come back on the old release or the new one. */
  readonly lost: number;
  /** Times that the update went through in spite of them. */
  readonly updates: number;
}

const ACKNOWLEDGEMENT_MS = 500;
const LONGEST_MS = 4000;
/** The machine may be busy; the watchdog ends a hang in ten seconds. */
const PATIENCE_MS = 180_000;
const LOST = ["SERIAL_GONE", "SERIAL_TIMEOUT"];

/** Each cut comes up to LONGEST_MS into the update, 20 ms after an acknowledgement where one comes in time. */
export async function runEspCuts(count: number, seed: number, say: (line: string) => void): Promise<EspCuts> {
  const random = randomFrom(seed);
  await using workshop = await Workshop.open("esp32c3");
  const locked = workshop.newChip();
  await withUnit(locked, (client) => provision(workshop.station, client, { serial: "FAKE-ESP" }));
  const release = await workshop.release("1.1.0", 2);
  const bundle = await withUnit(locked, (client) => workshop.bundle(release, client));
  let chip = copyChip(locked, workshop.folder.join("cut-0"));
  let lost = 0;
  let updates = 0;
  for (let cut = 1; cut <= count; cut++) {
    const unit = await back(chip);
    if (unit === undefined) {
      lost++;
      say(`cut ${cut - 1}: the unit did not come back`);
      chip = copyChip(locked, workshop.folder.join(`cut-${cut}`));
      continue;
    }
    const after = random() * LONGEST_MS;
    const { acknowledged, listener } = acknowledgement();
    const done = await Promise.race([
      installRelease(unit.client, bundle, listener).then(() => true, tolerate),
      cutMoment(after, acknowledged),
    ]);
    await unit.machine.kill();
    await unit.client.close();
    if (done) {
      updates++;
      chip = copyChip(locked, workshop.folder.join(`cut-${cut}`));
    }
    if (cut % 10 === 0) say(`${cut} of ${count}: ${updates} updates, ${lost} lost`);
  }
  await withUnit(chip, (client) => installRelease(client, bundle));
  return { seed, cuts: count, lost, updates };
}

/** The unit on the old release or the new one; undefined if it is neither. */
async function back(chip: ChipFiles): Promise<PoweredUnit | undefined> {
  try {
    const unit = await PoweredUnit.on(chip, powerEsp, 0, PATIENCE_MS);
    const { version, life } = await unit.client.hello();
    if (life === "locked" && ["1.0.0", "1.1.0"].includes(version)) return unit;
    await unit[Symbol.asyncDispose]();
  } catch (error) {
    tolerate(error);
  }
  return undefined;
}

async function withUnit<T>(chip: ChipFiles, use: (client: UnitClient) => Promise<T>): Promise<T> {
  await using unit = await PoweredUnit.on(chip, powerEsp, SETTLE_MS);
  return await use(unit.client);
}

function acknowledgement(): { acknowledged: () => Promise<void>; listener: () => void } {
  let notify: (() => void) | undefined;
  return {
    acknowledged: () =>
      new Promise((resolve) => {
        notify = resolve;
      }),
    listener: () => notify?.(),
  };
}

async function cutMoment(after: number, acknowledged: () => Promise<void>): Promise<false> {
  await sleep(after);
  await Promise.race([acknowledged(), sleep(ACKNOWLEDGEMENT_MS)]);
  await sleep(SETTLE_MS);
  return false;
}

function tolerate(error: unknown): false {
  if (LOST.some((code) => isTouchmarkError(error) && error.code === code)) return false;
  throw error;
}
