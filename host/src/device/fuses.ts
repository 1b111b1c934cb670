// SPDX-License-Identifier: Apache-2.0
// The ESP32-C3's fuses as the mask ROM's loader reads and burns them (TRM 4.4, 4.5). Which block holds what:
// firmware/ports/esp32c3/efuse.h.
import { setTimeout as sleep } from "node:timers/promises";
import { TouchmarkError } from "../errors.ts";
import type { RomLoader } from "./rom-loader.ts";

export const BLOCK0_WORDS = 6;

/** Block 0, from write protection to word REPEAT4. */
export type Fuses = readonly number[];

const PROGRAM = 0x60008800;
const PROGRAM_WORDS = 11;
const BLOCK0 = 0x6000882c;
const MAC = 0x60008844;
const BLOCK2 = 0x6000885c;
const CONF = 0x600089cc;
const COMMAND = 0x600089d4;
const READ = { opcode: 0x5aa5, command: 1 };
const WRITE_OPCODE = 0x5a5a;
const POLLS = 50;

/** DAC_CONF, WR_TIM_CONF1, WR_TIM_CONF2: timing for the 40 MHz crystal (TRM 4.3.2; ESP-IDF, efuse_hal.c). */
export const FUSE_TIMING = [
  [0x600089e8, (0xff << 9) | 0x28],
  [0x600089f0, 0x3000 << 8],
  [0x600089f4, 0x190],
] as const;

const CLOSED_LOCK_BLOCK = 1 << 22;
const REPEAT2 = 3;
const SECURE_BOOT_EN = 1 << 20;
const DIGEST_BLOCKS = [8, 9];
const SYS_PART0 = { minorLow: 0x60008850, high: 0x60008858 };

/** @throws ROM_LOADER */
export async function readFuses(loader: RomLoader): Promise<Fuses> {
  const words: number[] = [];
  for (let word = 0; word < BLOCK0_WORDS; word++) words.push(await loader.readWord(BLOCK0 + 4 * word));
  return words;
}

/** The unit's own mark: the lock block is closed for good. */
export function isLocked(fuses: Fuses): boolean {
  return ((fuses[0] ?? 0) & CLOSED_LOCK_BLOCK) !== 0;
}

/** 32 bytes of block 2 to 10. @throws ROM_LOADER */
export async function readBlock(loader: RomLoader, block: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(32);
  for (let word = 0; word < 8; word++)
    bytes.writeUInt32LE(await loader.readWord(BLOCK2 + 32 * (block - 2) + 4 * word), 4 * word);
  return Uint8Array.from(bytes);
}

/**
 * Burns words into a block and loads the fuses as they are then.
 * @param words of block 0, or 8 of data and 3 of check value
 * @throws ROM_LOADER, FUSE_MISMATCH where the controller does not finish
 */
export async function burn(loader: RomLoader, block: number, words: readonly number[]): Promise<void> {
  for (let word = 0; word < PROGRAM_WORDS; word++) await loader.writeWord(PROGRAM + 4 * word, words[word] ?? 0);
  for (const [address, value] of FUSE_TIMING) await loader.writeWord(address, value);
  await run(loader, { opcode: WRITE_OPCODE, command: (block << 2) | 2 });
  for (let word = 0; word < PROGRAM_WORDS; word++) await loader.writeWord(PROGRAM + 4 * word, 0);
  await run(loader, READ);
}

async function run(loader: RomLoader, { opcode, command }: typeof READ): Promise<void> {
  await loader.writeWord(CONF, opcode);
  await loader.writeWord(COMMAND, command);
  for (let poll = 0; poll < POLLS; poll++) {
    if ((await loader.readWord(COMMAND)) === 0) return;
    await sleep(5);
  }
  throw new TouchmarkError("FUSE_MISMATCH", { data: { what: "the fuse controller does not finish" } });
}

/** The chip's own address, 6 bytes, highest first. @throws ROM_LOADER */
export async function readMac(loader: RomLoader): Promise<Uint8Array> {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE((await loader.readWord(MAC + 4)) & 0xffff, 0);
  bytes.writeUInt32BE(await loader.readWord(MAC), 4);
  return Uint8Array.from(bytes.subarray(2));
}

/** Digests of the keys that the mask ROM takes a bootloader from; undefined where it takes any. @throws ROM_LOADER */
export async function secureBootKeys(loader: RomLoader): Promise<Uint8Array[] | undefined> {
  const fuses = await readFuses(loader);
  if (((fuses[REPEAT2] ?? 0) & SECURE_BOOT_EN) === 0) return undefined;
  const keys: Uint8Array[] = [];
  for (const block of DIGEST_BLOCKS) keys.push(await readBlock(loader, block));
  return keys;
}

/** Revision of the silicon, 100 · major + minor. @throws ROM_LOADER */
export async function readRevision(loader: RomLoader): Promise<number> {
  const low = (await loader.readWord(SYS_PART0.minorLow)) >>> 18;
  const high = (await loader.readWord(SYS_PART0.high)) >>> 23;
  return 100 * ((high >>> 1) & 3) + (((high & 1) << 3) | (low & 7));
}
