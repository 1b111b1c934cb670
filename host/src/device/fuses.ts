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
const REPEAT_ERRORS = 0x6000897c;
const CODING_ERRORS = 0x600089c0;
const CONF = 0x600089cc;
const COMMAND = 0x600089d4;
// esptool waits as long after a read before it asks for anything.
const READ = { opcode: 0x5aa5, command: 1, settleMicroseconds: 1000 };
const WRITE_OPCODE = 0x5a5a;
const POLLS = 50;

/** DAC_CONF, WR_TIM_CONF1, WR_TIM_CONF2: timing for the 40 MHz crystal (TRM 4.3.2; ESP-IDF, efuse_hal.c). */
export const FUSE_TIMING = [
  [0x600089e8, (0xff << 9) | 0x28],
  [0x600089f0, 0x3000 << 8],
  [0x600089f4, 0x190],
] as const;

const CLOSED_LOCK_BLOCK = 1 << 22;
const REPEAT0 = 1;
const REPEAT1 = 2;
const REPEAT2 = 3;
const SECURE_BOOT_EN = 1 << 20;
const DIGEST_SLOTS = [0, 1, 2];
export const PURPOSE_SECURE_BOOT_DIGEST0 = 9;
const REVOKE_SHIFT = 21;
export const KEY_BLOCKS = [4, 5, 6, 7, 8, 9] as const;
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

/** What a key block is for. Those of keys 0 and 1 end word REPEAT1, the others begin REPEAT2. */
export function purposeOf(fuses: Fuses, block: number): number {
  const key = block - KEY_BLOCKS[0];
  return key < 2 ? ((fuses[REPEAT1] ?? 0) >>> (24 + 4 * key)) & 0xf : ((fuses[REPEAT2] ?? 0) >>> (4 * (key - 2))) & 0xf;
}

/** Whether the mask ROM ignores this digest of its secure boot for good. */
export const isRevoked = (fuses: Fuses, slot: number): boolean =>
  (((fuses[REPEAT1] ?? 0) >>> (REVOKE_SHIFT + slot)) & 1) !== 0;

/** Whether software reads zeros in place of a key block. */
export const isHidden = (fuses: Fuses, block: number): boolean =>
  (((fuses[REPEAT0] ?? 0) >>> (block - KEY_BLOCKS[0])) & 1) !== 0;

/** Whether the copies that block 0 keeps of these bits agree; its write protection has none. @throws ROM_LOADER */
export async function copiesAgree(loader: RomLoader, word: number, bits: number): Promise<boolean> {
  return word === 0 || ((await loader.readWord(REPEAT_ERRORS + 4 * (word - 1))) & bits) === 0;
}

/** Whether a block from 1 to 9 reads right without correction. @throws ROM_LOADER */
export async function isSound(loader: RomLoader, block: number): Promise<boolean> {
  // In this chip alone a block's mark of failure stands one place above its count (ESP-IDF, efuse_hal.c).
  const failed = await loader.readWord(CODING_ERRORS + 4 * Math.floor(block / 8));
  const count = await loader.readWord(CODING_ERRORS + 4 * Math.floor((block - 1) / 8));
  return ((failed >>> (4 * (block % 8))) & 8) === 0 && ((count >>> (4 * ((block - 1) % 8))) & 7) === 0;
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
 * @param onTaken when the chip has acknowledged the order to burn
 * @throws ROM_LOADER, FUSE_MISMATCH where the controller does not finish
 */
export async function burn(
  loader: RomLoader,
  block: number,
  words: readonly number[],
  onTaken: () => void,
): Promise<void> {
  for (let word = 0; word < PROGRAM_WORDS; word++) await loader.writeWord(PROGRAM + 4 * word, words[word] ?? 0);
  for (const [address, value] of FUSE_TIMING) await loader.writeWord(address, value);
  await run(loader, { opcode: WRITE_OPCODE, command: (block << 2) | 2, settleMicroseconds: 0 }, onTaken);
  for (let word = 0; word < PROGRAM_WORDS; word++) await loader.writeWord(PROGRAM + 4 * word, 0);
  await run(loader, READ);
}

async function run(
  loader: RomLoader,
  { opcode, command, settleMicroseconds }: typeof READ,
  onTaken?: () => void,
): Promise<void> {
  await loader.writeWord(CONF, opcode);
  await loader.writeWord(COMMAND, command, settleMicroseconds);
  onTaken?.();
  // It has to read as done twice: a fault of the hardware (ESP-IDF, efuse_hal.c).
  for (let poll = 0, done = 0; poll < POLLS; poll++) {
    done = (await loader.readWord(COMMAND)) === 0 ? done + 1 : 0;
    if (done === 2) return;
    if (done === 0) await sleep(5);
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
  for (const slot of DIGEST_SLOTS) {
    // The mask ROM takes the first block of a purpose.
    const block = KEY_BLOCKS.find((each) => purposeOf(fuses, each) === PURPOSE_SECURE_BOOT_DIGEST0 + slot);
    if (block !== undefined && !isRevoked(fuses, slot)) keys.push(await readBlock(loader, block));
  }
  return keys;
}

/** Revision of the silicon, 100 · major + minor. @throws ROM_LOADER */
export async function readRevision(loader: RomLoader): Promise<number> {
  const low = (await loader.readWord(SYS_PART0.minorLow)) >>> 18;
  const high = (await loader.readWord(SYS_PART0.high)) >>> 23;
  return 100 * ((high >>> 1) & 3) + (((high & 1) << 3) | (low & 7));
}
