// SPDX-License-Identifier: Apache-2.0
// Whether a chip can become what a plan of fuses says: asked before the first burn, as none is taken back.
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";
import { type FuseStep, WRITE_DISABLE, writeDisableOf } from "./fuse-plan.ts";
import {
  type Fuses,
  isHidden,
  isRevoked,
  KEY_BLOCKS,
  PURPOSE_SECURE_BOOT_DIGEST0,
  purposeOf,
  readBlock,
} from "./fuses.ts";
import type { RomLoader } from "./rom-loader.ts";

type DigestStep = Extract<FuseStep, { block: number }>;

/** @throws FUSE_MISMATCH, ROM_LOADER */
export async function requireFit(loader: RomLoader, fuses: Fuses, plan: readonly FuseStep[]): Promise<void> {
  for (const step of plan) {
    if ("word" in step) requireNothingElse(fuses, step);
    else await requireDigest(loader, fuses, step);
  }
}

/** Bits of the field that the plan does not set would make it another value: a purpose 2 burned over by 9 is 11. */
function requireNothingElse(fuses: Fuses, step: Extract<FuseStep, { word: number }>): void {
  const field = ((fuses[step.word] ?? 0) & step.mask) >>> 0;
  if ((field & ~step.bits) !== 0) throw fuseMismatch(step, { what: "the field holds another value", reads: field });
}

async function requireDigest(loader: RomLoader, fuses: Fuses, step: DigestStep): Promise<void> {
  const purpose = PURPOSE_SECURE_BOOT_DIGEST0 + step.slot;
  if (isRevoked(fuses, step.slot)) throw fuseMismatch(step, { what: "the digest's slot is revoked", slot: step.slot });
  if (isHidden(fuses, step.block)) throw fuseMismatch(step, { what: "the block is closed against reading" });
  // The mask ROM takes the first block of a purpose.
  const other = KEY_BLOCKS.find((block) => block !== step.block && purposeOf(fuses, block) === purpose);
  if (other !== undefined) throw fuseMismatch(step, { what: "another block has the digest's purpose", block: other });
  const value = await readBlock(loader, step.block);
  // Check bytes do not take a second value; but a burn of this one that was cut can be completed.
  if (value.some((byte, at) => (byte & ~(step.value[at] ?? 0)) !== 0))
    throw fuseMismatch(step, { reads: toHex(value) });
  const isWhole = value.every((byte, at) => byte === step.value[at]) && purposeOf(fuses, step.block) === purpose;
  if (!isWhole && ((fuses[WRITE_DISABLE] ?? 0) & writeDisableOf(step.block)) !== 0)
    throw fuseMismatch(step, { what: "the block is closed against writing" });
}

export function fuseMismatch({ name }: FuseStep, data: Record<string, unknown>): TouchmarkError {
  return new TouchmarkError("FUSE_MISMATCH", { data: { step: name, ...data } });
}
