// SPDX-License-Identifier: Apache-2.0
// Burns a plan of fuses, step by step. Every step is in the journal before it is burned and again when it has read back;
// a chip that contradicts its journal, or a fuse that reads otherwise, ends it.
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import { fuseCheckBytes } from "../protocol/reed-solomon.ts";
import { fuseMismatch, requireFit } from "./fuse-fit.ts";
import type { FuseStep } from "./fuse-plan.ts";
import { burn, copiesAgree, type Fuses, isSound, readBlock, readFuses, readMac } from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

export interface FuseRecord {
  readonly chip: string;
  readonly step: string;
  /** Unconfirmed: the order to burn was taken, and nothing was heard since. */
  readonly state: "begin" | "done" | "unconfirmed";
}

/** Kept on disk before it returns. */
export interface FuseJournal {
  readonly records: readonly FuseRecord[];
  append(record: FuseRecord): void;
}

export type StepState = "open" | "burned" | "unconfirmed";

/**
 * How each step of the plan stands on this chip.
 *
 * @throws FUSE_MISMATCH where the chip holds what the plan contradicts, ROM_LOADER
 */
export async function planState(loader: RomLoader, plan: readonly FuseStep[]): Promise<StepState[]> {
  const states: StepState[] = [];
  const fuses = await readFuses(loader);
  await requireFit(loader, fuses, plan);
  for (const step of plan) states.push((await isBurned(loader, fuses, step)) ? "burned" : "open");
  return states;
}

/** @throws FUSE_MISMATCH, before the first burn where the chip holds what the plan contradicts; ROM_LOADER */
export async function harden(
  loader: RomLoader,
  plan: readonly FuseStep[],
  journal: FuseJournal,
  onStep: (step: FuseStep, state: StepState) => void,
): Promise<void> {
  const chip = toHex(await readMac(loader));
  const done = doneOf(journal, chip);
  await requireFit(loader, await readFuses(loader), plan);
  for (const step of plan) {
    const before = await readFuses(loader);
    const burned = await isBurned(loader, before, step);
    if (done.has(step.name) && !burned) throw fuseMismatch(step, { what: "the journal says that it is burned" });
    let state: "done" | "unconfirmed" = "done";
    if (!burned) {
      journal.append({ chip, step: step.name, state: "begin" });
      state = await burnChecked(loader, before, step);
    }
    if (!done.has(step.name)) journal.append({ chip, step: step.name, state });
    onStep(step, state === "done" ? "burned" : state);
  }
}

function doneOf({ records }: FuseJournal, chip: string): Set<string> {
  const other = records.find((record) => record.chip !== chip);
  if (other)
    throw new TouchmarkError("FUSE_MISMATCH", { data: { what: "another chip's journal", chip, of: other.chip } });
  return new Set(records.filter(({ state }) => state === "done").map(({ step }) => step));
}

async function isBurned(loader: RomLoader, fuses: Fuses, step: FuseStep): Promise<boolean> {
  // A burn that was cut may read whole by correction: it is completed by the same value.
  if ("word" in step)
    return ((fuses[step.word] ?? 0) & step.mask) === step.bits && (await copiesAgree(loader, step.word, step.mask));
  return equalBytes(await readBlock(loader, step.block), step.value) && (await isSound(loader, step.block));
}

async function burnChecked(loader: RomLoader, before: Fuses, step: FuseStep): Promise<"done" | "unconfirmed"> {
  const order = { taken: false };
  try {
    await burnStep(loader, before, step, () => {
      order.taken = true;
    });
    await checkBurned(loader, before, step);
    return "done";
  } catch (error) {
    // The mask ROM leaves its loader, and a USB port may go with it; but a chip without power is silent, too.
    if (!("closesLoader" in step && order.taken)) throw error;
    const isSilent = isTouchmarkError(error, "ROM_LOADER") && !(await loader.answers());
    if (!isSilent && !isTouchmarkError(error, "SERIAL_GONE")) throw error;
    return "unconfirmed";
  }
}

async function burnStep(loader: RomLoader, before: Fuses, step: FuseStep, onTaken: () => void): Promise<void> {
  if ("word" in step) {
    const words = before.map((_, word) => (word === step.word ? step.bits : 0));
    await burn(loader, 0, words, onTaken);
    return;
  }
  const bytes = Buffer.concat([step.value, fuseCheckBytes(step.value)]);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.readUInt32LE(4 * word));
  await burn(loader, step.block, words, onTaken);
}

/** Exactly this step's fuses, and no other of block 0. */
async function checkBurned(loader: RomLoader, before: Fuses, step: FuseStep): Promise<void> {
  const after = await readFuses(loader);
  const expected = before.map((word, at) => ("word" in step && step.word === at ? (word | step.bits) >>> 0 : word));
  const wrong = after.findIndex((word, at) => word !== expected[at]);
  if (wrong >= 0) throw fuseMismatch(step, { word: wrong, reads: after[wrong], expected: expected[wrong] });
  if (!(await isBurned(loader, after, step)))
    throw fuseMismatch(step, { what: "it reads otherwise, or by correction" });
}
