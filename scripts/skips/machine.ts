// SPDX-License-Identifier: Apache-2.0
// One QEMU under a debugger: boots the chip again and again, each time with a skip.
import { join } from "node:path";
import { type Child, startChild } from "../../host/src/device/child-process.ts";
import { type ChipFiles, copyChip } from "../../host/src/device/chip-files.ts";
import { flash } from "../../host/src/protocol/generated.ts";
import { IMAGE_BYTES } from "./chip.ts";
import { Gdb } from "./gdb.ts";
import type { Site } from "./sites.ts";

/**
 * refused: recovery waits for an image. booted: the bad image ran. crashed: reset before either. hung: none of these
 * in time, where the watchdog is what ends it. unreached: not executed.
 */
export const outcomes = ["refused", "crashed", "hung", "booted", "unreached"] as const;
export type Outcome = (typeof outcomes)[number];

const RESET_VECTOR = 0x1000;
const FLASH = 0x2000_0000;
const ONE_TIME = 0x2200_0000;
const { ramBase } = flash.virt;
const IMAGE_END = ramBase + IMAGE_BYTES - 2;
const WATCHED_BYTES = 128; // of each erase block: where a write to it would begin

export class Machine implements AsyncDisposable {
  readonly #chip: ChipFiles;
  readonly #folder: string;
  readonly #waits: readonly number[];
  readonly #extra: readonly string[];
  #starts = 0;
  #child: Child | undefined;
  #gdb: Gdb | undefined;
  #untouched = "";

  /** @param waits addresses that only recovery reaches: the wfi between two bytes */
  constructor(chip: ChipFiles, folder: string, waits: readonly number[], extra: readonly string[] = []) {
    this.#chip = chip;
    this.#folder = folder;
    this.#waits = waits;
    this.#extra = extra;
  }

  /** Runs to the first execution of `sites[0]` and goes on behind the last. None: an undisturbed boot. */
  async skip(sites: readonly Site[], milliseconds: number): Promise<Outcome> {
    const gdb = await this.#resetOrStart();
    const [site] = sites;
    try {
      if (site !== undefined) {
        await gdb.breakAt(site.address);
        if ((await gdb.run(milliseconds)) !== site.address) return "unreached";
        await gdb.unbreak(site.address);
        const last = sites.at(-1) ?? site;
        await gdb.setPc(last.address + last.length);
      }
      return await this.#watch(gdb, milliseconds, site === undefined);
    } finally {
      if (site !== undefined) await gdb.unbreak(site.address).catch(() => undefined);
    }
  }

  /** What a return to image RAM's start comes to when the bad image has been refused. */
  async strayReturn(milliseconds: number): Promise<Outcome> {
    const gdb = await this.#resetOrStart();
    const refused = await this.#watch(gdb, milliseconds, true);
    if (refused !== "refused") throw new Error(`an undisturbed boot of the bad image is ${refused}, not refused`);
    await gdb.setPc(ramBase);
    return await this.#watch(gdb, milliseconds, false, [IMAGE_END]);
  }

  /** Boots undisturbed until an instruction of the image. @returns a0 and a1 there @throws Error where it is not reached */
  async argumentsAt(address: number, milliseconds: number): Promise<readonly [number, number]> {
    const gdb = await this.#resetOrStart();
    await gdb.breakAt(address);
    if ((await gdb.run(milliseconds)) !== address) throw new Error("the image does not boot");
    return [await gdb.register(10), await gdb.register(11)];
  }

  async #watch(
    gdb: Gdb,
    milliseconds: number,
    first: boolean,
    image: readonly number[] = [ramBase, IMAGE_END],
  ): Promise<Outcome> {
    const stops = [...this.#waits, ...image, ...(first ? [] : [FLASH])];
    for (const stop of stops) await gdb.breakAt(stop);
    const stopped = await gdb.run(milliseconds);
    for (const stop of stops) await gdb.unbreak(stop);
    if (stopped === undefined) return "hung";
    if (stopped === FLASH) return "crashed";
    return image.includes(stopped) ? "booted" : "refused";
  }

  // A skip that made the bootloader write must not be seen by the next.
  async #resetOrStart(): Promise<Gdb> {
    if (this.#gdb !== undefined) {
      await this.#gdb.reset(RESET_VECTOR);
      if ((await watched(this.#gdb)) === this.#untouched) return this.#gdb;
      await this[Symbol.asyncDispose]();
    }
    const folder = join(this.#folder, `${++this.#starts}`);
    const { flash: flashFile, oneTime } = copyChip(this.#chip, folder);
    const socket = join(folder, "gdb");
    this.#child = await startChild("qemu-system-riscv32", [
      ...["-M", "virt", "-cpu", "rv32,a=off,f=off,d=off", "-m", `${flash.virt.ramBytes >> 20}M`],
      ...["-bios", "none", "-display", "none", "-monitor", "none", "-serial", "null", "-S"],
      ...["-drive", `if=pflash,unit=0,format=raw,file=${flashFile}`],
      ...["-drive", `if=pflash,unit=1,format=raw,file=${oneTime}`],
      ...["-global", "virtio-mmio.force-legacy=false", "-device", "virtio-rng-device"],
      ...["-gdb", `unix:${socket},server=on,wait=off`],
      ...this.#extra,
    ]);
    this.#gdb = await Gdb.connect(socket);
    this.#untouched = await watched(this.#gdb);
    return this.#gdb;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gdb?.close();
    await this.#child?.kill();
    this.#gdb = undefined;
    this.#child = undefined;
  }
}

async function watched(gdb: Gdb): Promise<string> {
  const reads: string[] = [];
  for (const { offset } of Object.values(flash.virt.regions)) {
    reads.push(await gdb.read(FLASH + offset, WATCHED_BYTES));
  }
  reads.push(await gdb.read(ONE_TIME, 0x400), await gdb.read(ONE_TIME + 0x800, WATCHED_BYTES));
  return reads.join();
}
