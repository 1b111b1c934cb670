// SPDX-License-Identifier: Apache-2.0
// A unit's way through the station. Where it stands is read from the unit, the ledger and the chain, never remembered:
// whatever stopped the station or the unit, the same call goes on.
//
//   identify → certify → enroll → verify → register → lock
//
// certify writes the ledger's row before the certificate leaves; register comes after the unit has shown that it holds
// its certified key; lock comes last and is the only step that cannot be repeated into another outcome.
import type { UnitClient } from "../device/unit-client.ts";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import type { UnitRow } from "../ledger/units.ts";
import type { Job, Station, UnitOrder } from "./station.ts";
import { certify } from "./steps/certify.ts";
import { enroll } from "./steps/enroll.ts";
import { identify } from "./steps/identify.ts";
import { requireLineStands } from "./steps/line-stands.ts";
import { lock } from "./steps/lock.ts";
import { register } from "./steps/register.ts";
import { verify } from "./steps/verify.ts";

export const provisioningSteps = ["identify", "certify", "enroll", "verify", "register", "lock"] as const;
export type ProvisioningStep = (typeof provisioningSteps)[number];

export interface ProvisionOptions {
  /** The last step to take; lock unless units have to wait unlocked. */
  readonly until?: ProvisioningStep;
  /** Without a node of its own, for a batch root: it gets one with its claim, and the same call then ends its row. */
  readonly batch?: boolean;
  readonly onStep?: (step: ProvisioningStep, milliseconds: number) => void;
}

/**
 * @returns the unit's row in the ledger; undefined where it stops before it is certified
 * @throws what the step throws; the failure stands in the ledger's events
 */
export async function provision(
  station: Station,
  unit: UnitClient,
  order: UnitOrder,
  { until = "lock", batch = false, onStep }: ProvisionOptions = {},
): Promise<UnitRow | undefined> {
  const last = provisioningSteps.indexOf(until);
  const progress = new Progress(station, onStep);
  const take = async <T>(step: ProvisioningStep, run: () => Promise<T>): Promise<T | undefined> =>
    provisioningSteps.indexOf(step) > last ? undefined : await progress.take(step, run);

  const hello = await progress.take("identify", () => identify(station, unit, order));
  progress.chipId = hello.chipId;
  const job: Job = { station, unit, order, hello };
  const certificate = await take("certify", () => certify(job));
  if (certificate === undefined) return undefined;
  const taken = await take("enroll", async () => {
    await requireLineStands(job, certificate);
    return await enroll(job, certificate);
  });
  await take("verify", () => verify(job, certificate));
  if (!batch) await take("register", () => register(job));
  await take("lock", () => lock(job, taken));
  return station.ledger.units.byChip(hello.chipId);
}

class Progress {
  chipId: string | undefined;
  readonly #station: Station;
  readonly #onStep: ProvisionOptions["onStep"];

  constructor(station: Station, onStep: ProvisionOptions["onStep"]) {
    this.#station = station;
    this.#onStep = onStep;
  }

  async take<T>(step: ProvisioningStep, run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      const value = await run();
      this.#onStep?.(step, performance.now() - start);
      return value;
    } catch (error) {
      this.#record(step, error);
      throw error;
    }
  }

  #record(step: ProvisioningStep, error: unknown): void {
    if (this.chipId === undefined) return;
    const code = isTouchmarkError(error) ? error.code : new TouchmarkError("INTERNAL").code;
    const { ledger, now } = this.#station;
    ledger.events.add({ at: now(), subject: this.chipId, what: "failed", data: { step, code } });
  }
}
