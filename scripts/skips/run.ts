// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { randomFrom } from "../../test/support/random.ts";
import { type Fault, lockedChip } from "./chip.ts";
import type { Journal } from "./journal.ts";
import { Machine, type Outcome, outcomes } from "./machine.ts";
import { reachedAddresses } from "./reached.ts";
import { type Site, sitesOf } from "./sites.ts";

export interface Campaign {
  /** What is wrong with the slot. */
  readonly fault: Fault;
  /** The bootloader, as `.elf` and `.bin`: its path without either. */
  readonly bootloader: string;
  readonly folder: string;
  /** Skip two adjacent instructions. */
  readonly double: boolean;
  readonly jobs: number;
  /** Index of the first site, and how many. */
  readonly from: number;
  readonly count: number;
  /** Of these, those of which it is true; undefined for all. */
  readonly only?: ((site: Site) => boolean) | undefined;
  /** Of these, so many executed ones by chance; undefined for all. */
  readonly sample?: number | undefined;
  readonly seed: number;
  /** Keeps what each skip came to; a run that was stopped goes on behind it. */
  readonly journal?: Journal | undefined;
}

export interface Result {
  readonly fault: Fault;
  readonly double: boolean;
  /** Static instructions of the bootloader, and those in the range asked for. */
  readonly all: number;
  readonly inRange: number;
  readonly skipped: number;
  readonly by: Readonly<Record<Outcome, number>>;
  readonly booted: readonly (Site & { readonly index: number })[];
  readonly seconds: number;
  readonly seed: number;
}

const HANG = { least: 500, times: 20 }; // milliseconds; of an undisturbed boot

/** @throws Error where the good image does not boot, or the bad one does undisturbed: the campaign would show nothing */
export async function runCampaign(campaign: Campaign): Promise<Result> {
  const { fault, folder, double, jobs, from, count, only = () => true, sample, seed, journal } = campaign;
  const start = performance.now();
  const { code, all, waits } = codeOf(campaign.bootloader);
  const chip = await lockedChip(join(folder, "bad"), code, fault);
  await expectGoodBoots(join(folder, "good"), code, waits);
  const reached = await reachedAddresses(chip, folder, waits);

  const range = all
    .map((site, index) => ({ ...site, index }))
    .slice(from, from + count)
    .filter(only);
  const executed = range.filter(({ address }) => reached.has(address));
  const chosen = sample === undefined ? executed : sampled(executed, sample, seed);
  const by = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  by.unreached = range.length - executed.length;
  const booted: Result["booted"][number][] = [];
  const rest = chosen.values();

  const work = async (job: number): Promise<void> => {
    await using machine = new Machine(chip, join(folder, `job-${job}`), waits);
    const limit = await timeLimit(machine);
    for (const site of rest) {
      const second = double ? all[site.index + 1] : undefined;
      const known = journal?.of(site.index);
      const outcome = known ?? (await machine.skip(second === undefined ? [site] : [site, second], limit));
      if (known === undefined) journal?.note(site.index, outcome);
      by[outcome]++;
      if (outcome === "booted") booted.push(site);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
  const seconds = (performance.now() - start) / 1000;
  const counts = { all: all.length, inRange: range.length, skipped: chosen.length };
  return { fault, double, ...counts, by, booted: booted.toSorted((a, b) => a.index - b.index), seconds, seed };
}

/** What becomes of a locked chip that refused a bad image and then, by some skip, returns to where the image was copied. */
export async function strayReturn(bootloader: string, folder: string): Promise<Outcome> {
  const { code, waits } = codeOf(bootloader);
  await using machine = new Machine(await lockedChip(join(folder, "bad"), code, "image"), join(folder, "run"), waits);
  return await machine.strayReturn(60_000);
}

function codeOf(bootloader: string): { code: Uint8Array; all: Site[]; waits: number[] } {
  const code = Uint8Array.from(readFileSync(`${bootloader}.bin`));
  const all = sitesOf(`${bootloader}.elf`);
  return { code, all, waits: all.filter(({ text }) => text === "wfi").map(({ address }) => address) };
}

async function expectGoodBoots(folder: string, bootloader: Uint8Array, waits: readonly number[]): Promise<void> {
  await using machine = new Machine(await lockedChip(folder, bootloader), join(folder, "run"), waits);
  const outcome = await machine.skip([], 60_000);
  if (outcome !== "booted") throw new Error(`an undisturbed boot of the good image is ${outcome}, not booted`);
}

async function timeLimit(machine: Machine): Promise<number> {
  await machine.skip([], 60_000); // the first translates
  const start = performance.now();
  await machine.skip([], 60_000);
  return Math.max(HANG.least, HANG.times * (performance.now() - start));
}

function sampled<T>(from: readonly T[], size: number, seed: number): T[] {
  const random = randomFrom(seed);
  return from
    .map((value) => ({ value, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .slice(0, size)
    .map(({ value }) => value);
}
