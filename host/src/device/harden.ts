// SPDX-License-Identifier: Apache-2.0
// Burns a plan of fuses, step by step. Every step is in the journal before it is burned and again when it has read back;
// a chip that contradicts its journal, or a fuse that reads otherwise, ends it.
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import { fuseCheckBytes } from "../protocol/reed-solomon.ts";
import type { FuseStep } from "./fuse-plan.ts";
import { burn, type Fuses, readBlock, readFuses, readMac } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

export interface FuseRecord {
  readonly chip: string;
  readonly step: string;
  readonly state: "begin" | "done";
}

/** Kept on disk before it returns. */
export interface FuseJournal {
  readonly records: readonly FuseRecord[];
  append(record: FuseRecord): void;
}

export type StepState = "open" | "burned";

/** How each step of the plan stands on this chip. @throws FUSE_MISMATCH where a block holds something else, ROM_LOADER */
export async function planState(loader: RomLoader, plan: readonly FuseStep[]): Promise<StepState[]> {
  const states: StepState[] = [];
  const fuses = await readFuses(loader);
  for (const step of plan) states.push((await isBurned(loader, fuses, step)) ? "burned" : "open");
  return states;
}

/** @throws FUSE_MISMATCH, ROM_LOADER */
export async function harden(
  loader: RomLoader,
  plan: readonly FuseStep[],
  journal: FuseJournal,
  onStep: (step: FuseStep) => void,
): Promise<void> {
  const chip = toHex(await readMac(loader));
  const done = doneOf(journal, chip);
  for (const step of plan) {
    const before = await readFuses(loader);
    const burned = await isBurned(loader, before, step);
    if (done.has(step.name) && !burned) throw mismatch(step, { what: "the journal says that it is burned" });
    if (!burned) {
      journal.append({ chip, step: step.name, state: "begin" });
      await burnChecked(loader, before, step);
    }
    if (!done.has(step.name)) journal.append({ chip, step: step.name, state: "done" });
    onStep(step);
  }
}

function doneOf({ records }: FuseJournal, chip: string): Set<string> {
  const other = records.find((record) => record.chip !== chip);
  if (other)
    throw new TouchmarkError("FUSE_MISMATCH", { data: { what: "another chip's journal", chip, of: other.chip } });
  return new Set(records.filter(({ state }) => state === "done").map(({ step }) => step));
}

async function isBurned(loader: RomLoader, fuses: Fuses, step: FuseStep): Promise<boolean> {
  if ("word" in step) return ((fuses[step.word] ?? 0) & step.bits) === step.bits;
  const value = await readBlock(loader, step.block);
  if (equalBytes(value, step.value)) return true;
  // A block is burned once: its check bytes do not take a second value.
  if (value.some((byte) => byte !== 0)) throw mismatch(step, { reads: toHex(value) });
  return false;
}

async function burnChecked(loader: RomLoader, before: Fuses, step: FuseStep): Promise<void> {
  try {
    await burnStep(loader, before, step);
    await checkBurned(loader, before, step);
  } catch (error) {
    const closes = "closesLoader" in step && isTouchmarkError(error, "ROM_LOADER");
    if (!closes || (await loader.answers())) throw error;
  }
}

async function burnStep(loader: RomLoader, before: Fuses, step: FuseStep): Promise<void> {
  if ("word" in step) {
    const words = before.map((_, word) => (word === step.word ? step.bits & ~(before[word] ?? 0) : 0));
    await burn(loader, 0, words);
    return;
  }
  const bytes = Buffer.concat([step.value, fuseCheckBytes(step.value)]);
  await burn(
    loader,
    step.block,
    Array.from({ length: bytes.length / 4 }, (_, word) => bytes.readUInt32LE(4 * word)),
  );
}

/** Exactly this step's fuses, and no other of block 0. */
async function checkBurned(loader: RomLoader, before: Fuses, step: FuseStep): Promise<void> {
  const after = await readFuses(loader);
  const expected = before.map((word, at) => ("word" in step && step.word === at ? (word | step.bits) >>> 0 : word));
  const wrong = after.findIndex((word, at) => word !== expected[at]);
  if (wrong >= 0) throw mismatch(step, { word: wrong, reads: after[wrong], expected: expected[wrong] });
  if (!(await isBurned(loader, after, step))) throw mismatch(step, { what: "it reads blank" });
}

function mismatch({ name }: FuseStep, data: Record<string, unknown>): TouchmarkError {
  return new TouchmarkError("FUSE_MISMATCH", { data: { step: name, ...data } });
}
