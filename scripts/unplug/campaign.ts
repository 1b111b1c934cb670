// SPDX-License-Identifier: Apache-2.0
// Units on a station's cable, unplugged (line and power) at one byte of one step of provisioning, started again, judged,
// and taken to the end by the same call. A unit that the cut has not moved on is unplugged again, at the next byte. Chain,
// witnesses, station and firmware are real.
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { SmpClient } from "../../host/src/device/smp-client.ts";
import { UnitClient } from "../../host/src/device/unit-client.ts";
import type { VirtualUnit } from "../../host/src/device/virtual-unit.ts";
import { isTouchmarkError } from "../../host/src/errors.ts";
import type { UnitRow } from "../../host/src/ledger/units.ts";
import type { Hello } from "../../host/src/protocol/messages/hello.ts";
import { findDevice } from "../../host/src/registry/register.ts";
import { type ProvisioningStep, provision, provisioningSteps } from "../../host/src/station/provision.ts";
import type { Station } from "../../host/src/station/station.ts";
import type { Workshop } from "../../test/support/workshop.ts";
import { type Counts, type Cut, directions, openCut } from "./cut-transport.ts";

/** The steps that speak to the unit; what comes before each is done when it is cut. */
export const cutSteps = ["identify", "certify", "enroll", "verify", "lock"] as const;
export type CutStep = (typeof cutSteps)[number];

export interface StepCut extends Cut {
  readonly step: CutStep;
}

export interface Bench {
  readonly workshop: Workshop;
  readonly station: Station;
  readonly newChip: () => ChipFiles;
  readonly start: (chip: ChipFiles) => Promise<VirtualUnit>;
}

export interface Result {
  readonly cuts: number;
  /** Units taken to the end. */
  readonly units: number;
  /** How often each life stood after a cut. */
  readonly lives: Readonly<Record<string, number>>;
  /** What broke a rule, with its cut. */
  readonly failures: readonly string[];
}

interface Unit {
  readonly chip: ChipFiles;
  readonly serial: string;
  /** Of its first cut session, and what it said of itself last. */
  readonly step: CutStep;
  hello: Hello;
  cuts: number;
}

// Beyond the exchange that gives birth, a born unit's certify is the same conversation.
const BIRTH_BYTES = 300;
const CUTS_A_UNIT = 40;
const LIVES = ["blank", "born", "enrolled", "locked"];

export class UnplugCampaign {
  readonly #bench: Bench;
  readonly #lives: Record<string, number> = {};
  readonly #failures: string[] = [];
  #unit: Unit | undefined;
  #cuts = 0;
  #serials = 0;
  #units = 0;
  /** What stood in ledger and registry before its units. */
  readonly #before: Census;

  private constructor(bench: Bench, before: Census) {
    this.#bench = bench;
    this.#before = before;
  }

  static async on(bench: Bench): Promise<UnplugCampaign> {
    return new UnplugCampaign(bench, await census(bench));
  }

  /** Bytes of each step, each way, for a unit that was started anew before it. */
  async conversation(): Promise<ReadonlyMap<CutStep, Counts>> {
    const lengths = new Map<CutStep, Counts>();
    for (const step of cutSteps) {
      const unit = await this.#newUnit(step);
      const { arrived } = await this.#session(unit, { step });
      lengths.set(step, arrived);
      await this.#finish(unit, `${step}, uncut`);
    }
    return lengths;
  }

  async unplug(cut: StepCut): Promise<void> {
    const at = `${cut.step}:${cut.direction}:${cut.byte}`;
    const unit = await this.#unitFor(cut, at);
    this.#cuts += 1;
    unit.cuts += 1;
    const { error } = await this.#session(unit, cut);
    if (error !== undefined && !isTouchmarkError(error, "SERIAL_GONE")) this.#fail(at, `the host saw ${String(error)}`);
    await this.#judge(unit, at);
  }

  /** Finishes the last unit; every unit stands once in the ledger and once on chain. */
  async result(): Promise<Result> {
    if (this.#unit) await this.#finish(this.#unit, "the last unit");
    this.#unit = undefined;
    for (const what of await this.#duplicates()) this.#fail("all", what);
    return { cuts: this.#cuts, units: this.#units, lives: this.#lives, failures: this.#failures };
  }

  async #unitFor({ step, byte }: StepCut, at: string): Promise<Unit> {
    const unit = this.#unit;
    const again = step === "certify" && byte > BIRTH_BYTES ? ["blank", "born"] : [lifeBefore(step)];
    const usable = unit && unit.step === step && again.includes(unit.hello.life);
    if (usable && unit.cuts < CUTS_A_UNIT) return unit;
    if (unit) await this.#finish(unit, at);
    this.#unit = await this.#newUnit(step);
    return this.#unit;
  }

  async #newUnit(step: CutStep): Promise<Unit> {
    const { newChip, station } = this.#bench;
    const chip = newChip();
    const serial = `FAKE-${String(++this.#serials).padStart(5, "0")}`;
    const before = provisioningSteps[provisioningSteps.indexOf(step) - 1];
    const hello = await this.#powered(chip, async (client) => {
      if (before) await provision(station, client, { serial }, { until: before });
      return await client.hello();
    });
    return { chip, serial, step, hello, cuts: 0 };
  }

  /** The step and what leads to it, the cut armed when the step begins; without one, to the step's end. */
  async #session({ chip, serial }: Unit, cut: { readonly step: CutStep } & Partial<Cut>) {
    const machine = await this.#bench.start(chip);
    const line = await openCut(machine.address, () => machine.kill());
    const client = new UnitClient(new SmpClient(line));
    const last = provisioningSteps[provisioningSteps.indexOf(cut.step) - 1];
    const arm = (): void => line.arm(isCut(cut) ? cut : undefined);
    if (!last) arm();
    const onStep = (step: ProvisioningStep): void => void (step === last && arm());
    try {
      await provision(this.#bench.station, client, { serial }, { until: cut.step, onStep });
      return { arrived: line.arrived };
    } catch (error) {
      return { arrived: line.arrived, error };
    } finally {
      await client.close();
      await machine.kill();
    }
  }

  async #judge(unit: Unit, at: string): Promise<void> {
    const known = this.#bench.station.ledger.units.bySerial(unit.serial);
    const hello = await this.#powered(unit.chip, (client) => client.hello());
    const { life, address, chipId } = hello;
    this.#lives[life] = (this.#lives[life] ?? 0) + 1;
    if (!LIVES.includes(life)) this.#fail(at, `life ${life}`);
    if ((life === "blank") !== (address === undefined)) this.#fail(at, `half: ${life} with address ${address}`);
    if (known && known.address !== address) this.#fail(at, `a second key: ${known.address}, ${address}`);
    if (unit.hello.address !== undefined && unit.hello.address !== address) this.#fail(at, "a second key");
    if (chipId !== unit.hello.chipId) this.#fail(at, "another chip id");
    unit.hello = hello;
  }

  async #finish({ chip, serial, hello }: Unit, at: string): Promise<void> {
    const { station } = this.#bench;
    const before = station.ledger.units.bySerial(serial);
    try {
      const row = await this.#powered(chip, (client) => provision(station, client, { serial }));
      if (row?.state !== "locked") this.#fail(at, `not finished: ${row?.state}`);
      if (hello.address !== undefined && row?.address !== hello.address) this.#fail(at, "a second key at the end");
      if (before && row?.certificateSerial !== before.certificateSerial) this.#fail(at, "a second certificate");
    } catch (error) {
      this.#fail(at, `cannot be finished: ${String(error)}`);
    }
    this.#units += 1;
    rmSync(dirname(chip.flash), { recursive: true });
  }

  async #duplicates(): Promise<string[]> {
    const { station, workshop } = this.#bench;
    const now = await census(this.#bench);
    const before = new Set(this.#before.rows.map(({ chipId }) => chipId));
    const rows = now.rows.filter(({ chipId }) => !before.has(chipId));
    const minted = now.minted - this.#before.minted;
    const counts = [rows.length, new Set(rows.map(({ address }) => address)).size, minted];
    const broken = counts.every((count) => count === this.#units)
      ? []
      : [`${this.#units} units, but ${counts.join(", ")}`];
    for (const { address, tokenId } of rows) {
      const device = await findDevice(station.registry, workshop.world.license.manufacturerId, address);
      if (device === undefined || device.tokenId !== tokenId) broken.push(`${address} is ${device?.tokenId} on chain`);
    }
    return broken;
  }

  async #powered<T>(chip: ChipFiles, use: (client: UnitClient) => Promise<T>): Promise<T> {
    const machine = await this.#bench.start(chip);
    const client = await UnitClient.connect(machine.address);
    try {
      return await use(client);
    } finally {
      await client.close();
      await machine.kill();
    }
  }

  #fail(at: string, what: string): void {
    this.#failures.push(`${at}: ${what}`);
  }
}

interface Census {
  readonly rows: readonly UnitRow[];
  readonly minted: number;
}

async function census({ station }: Bench): Promise<Census> {
  const minted = await station.registry.contract.queryFilter("AftermarketDeviceNodeMinted");
  return { rows: station.ledger.units.all(), minted: minted.length };
}

/** Every byte of both directions. */
export function everyCut(conversation: ReadonlyMap<CutStep, Counts>): StepCut[] {
  return cutSteps.flatMap((step) =>
    directions.flatMap((direction) => {
      const length = conversation.get(step)?.[direction] ?? 0;
      return Array.from({ length }, (_, byte) => ({ step, direction, byte }));
    }),
  );
}

function lifeBefore(step: CutStep): string {
  if (step === "identify" || step === "certify") return "blank";
  return step === "enroll" ? "born" : "enrolled";
}

function isCut(cut: Partial<Cut>): cut is Cut {
  return cut.direction !== undefined && cut.byte !== undefined;
}
