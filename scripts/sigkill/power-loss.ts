// SPDX-License-Identifier: Apache-2.0
// Units in QEMU that are killed at a random moment after power-on, bootloader and app alike, and then powered again.
// SIGKILL falls between two operations of the emulated flash, never inside one: cuts inside are firmware/campaign's.
import { setTimeout as sleep } from "node:timers/promises";
import { type ChipFiles, copyChip } from "../../host/src/device/chip-files.ts";
import { installRelease } from "../../host/src/device/install-release.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import { isTouchmarkError } from "../../host/src/errors.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { provision } from "../../host/src/station/provision.ts";
import type { Station } from "../../host/src/station/station.ts";
import { randomFrom } from "../../test/support/random.ts";
import type { Workshop } from "../../test/support/workshop.ts";
import { largeStation } from "../lib/large-station.ts";

/** trial: from a locked unit whose new image is tested and waits for its trial boot. */
export const flows = ["provisioning", "update", "trial"] as const;
export type Flow = (typeof flows)[number];

/** What a host sees of a unit that loses power under it. */
const LOST = ["SERIAL_GONE", "SERIAL_TIMEOUT"];

/** A locked unit on 1.0.0; the same with 1.1.0 waiting for its trial. */
interface Chips {
  readonly update: ChipFiles;
  readonly trial: ChipFiles;
}

type Use = (client: UnitClient) => Promise<unknown>;

// All times are the host's, and so is the guest's clock: on a busy machine an answer may take longer than a client waits.
// A unit that answers again within this time was slow, and goes on; one that does not hangs.
const HANG_MS = 180_000;
const ATTEMPTS = 5;

export class PowerLoss {
  readonly #workshop: Workshop;
  readonly #station: Station;
  readonly #seed: number;
  readonly #release: SignedRelease;
  readonly #chips: Chips;
  /** Milliseconds of each flow undisturbed, from power-on. */
  readonly #whole: Readonly<Record<Flow, number>>;
  /** How often a unit was slow, and answered again. A hang that the watchdog ends looks the same: tried alone, it stays. */
  slow = 0;

  private constructor(
    workshop: Workshop,
    station: Station,
    seed: number,
    release: SignedRelease,
    chips: Chips,
    whole: Readonly<Record<Flow, number>>,
  ) {
    this.#workshop = workshop;
    this.#station = station;
    this.#seed = seed;
    this.#release = release;
    this.#chips = chips;
    this.#whole = whole;
  }

  static async prepare(workshop: Workshop, seed: number): Promise<PowerLoss> {
    const { folder } = workshop;
    const station = await largeStation(workshop);
    const locked = workshop.newChip();
    const provisioning = await underPower(locked, (client) => provision(station, client, { serial: "FAKE-LOCKED" }));
    const release = await workshop.release("1.1.0", 2);
    const install: Use = async (client) => installRelease(client, await workshop.bundle(release, client));
    const update = await underPower(copyChip(locked, folder.join("update")), install);
    const tested = copyChip(locked, folder.join("tested"));
    await underPower(tested, async (client) => {
      await client.upload(await workshop.bundle(release, client));
      const staged = (await client.images()).find(({ active }) => !active);
      if (staged === undefined) throw new Error("the upload left no second image");
      await client.test(staged.digest);
    });
    const trial = await underPower(copyChip(tested, folder.join("trial")), install);
    const whole = { provisioning, update, trial };
    return new PowerLoss(workshop, station, seed, release, { update: locked, trial: tested }, whole);
  }

  /** @throws Error where the unit is left with two keys, half an identity or no firmware, or cannot be taken to the end */
  async kill(flow: Flow, moment: number): Promise<void> {
    const after = randomFrom(this.#seed + moment * flows.length + flows.indexOf(flow))() * this.#whole[flow];
    try {
      await (flow === "provisioning" ? this.#provisioning(moment, after) : this.#installing(flow, moment, after));
    } catch (cause) {
      const where = `${flow}, seed ${this.#seed}, moment ${moment}, ${after.toFixed(1)} of ${this.#whole[flow].toFixed(1)} ms`;
      throw new Error(`${where}: ${reason(cause)}`, { cause });
    }
  }

  /** Powers the chip and uses it to the end. Every use goes on from where an earlier one stopped. */
  async #finish(chip: ChipFiles, use: Use): Promise<void> {
    await underPower(
      chip,
      async (client) => {
        for (let attempt = 1; ; attempt++) {
          try {
            return await use(client);
          } catch (error) {
            if (!isTouchmarkError(error, "SERIAL_TIMEOUT") || attempt === ATTEMPTS) throw error;
            await client.waitForHello(HANG_MS);
            this.slow++;
          }
        }
      },
      HANG_MS,
    );
  }

  async #provisioning(moment: number, after: number): Promise<void> {
    const station = this.#station;
    const chip = this.#workshop.newChip();
    const serial = `FAKE-${moment}`;
    const take: Use = (client) => provision(station, client, { serial });
    await killedAfter(after, chip, take);
    const known = station.ledger.units.bySerial(serial);
    await this.#finish(chip, take);
    const rows = station.ledger.units.all().filter((unit) => unit.serial === serial);
    const [row] = rows;
    must(rows.length === 1 && row?.state === "locked", `the ledger has ${rows.length} rows, the first ${row?.state}`);
    must(known === undefined || row?.address === known.address, "it has another key than the ledger knew");
  }

  async #installing(flow: "update" | "trial", moment: number, after: number): Promise<void> {
    const chip = copyChip(this.#chips[flow], this.#workshop.folder.join(`${flow}-${moment}`));
    const bundle = (client: UnitClient): Promise<Uint8Array> => this.#workshop.bundle(this.#release, client);
    await killedAfter(after, chip, async (client) => installRelease(client, await bundle(client)));
    await this.#finish(chip, async (client) => {
      const { version, life } = await client.hello();
      must(["1.0.0", "1.1.0"].includes(version) && life === "locked", `it runs ${version}, ${life}`);
      await installRelease(client, await bundle(client));
      const running = (await client.images()).find(({ active }) => active);
      must(running?.version === "1.1.0" && running.confirmed, `in the end it runs ${running?.version}`);
    });
  }
}

function reason(cause: unknown): string {
  if (isTouchmarkError(cause)) return `${cause.code} ${JSON.stringify(cause.data)}`;
  return cause instanceof Error ? cause.message : String(cause);
}

function must(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}

async function onLine(address: string, use: Use, patienceMs?: number): Promise<void> {
  const client = await UnitClient.connect(address, patienceMs === undefined ? {} : { patienceMs });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

/** @returns milliseconds from power-on until all was done */
async function underPower(chip: ChipFiles, use: Use, patienceMs?: number): Promise<number> {
  const machine = await startQemu(chip);
  const start = performance.now();
  try {
    await onLine(machine.address, use, patienceMs);
    return performance.now() - start;
  } finally {
    await machine.kill();
  }
}

/** Powers the chip, uses it, and pulls the plug so many milliseconds after power-on. */
async function killedAfter(milliseconds: number, chip: ChipFiles, use: Use): Promise<void> {
  const machine = await startQemu(chip);
  const used = onLine(machine.address, use).catch((error: unknown) => {
    if (!isTouchmarkError(error) || !LOST.includes(error.code)) throw error;
  });
  await sleep(milliseconds);
  await machine.kill();
  await used;
}
