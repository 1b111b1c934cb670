// SPDX-License-Identifier: Apache-2.0
// Instructions from reset to the image's first, on a locked chip in QEMU with an exact count. The image reads the counter.
import { readFileSync } from "node:fs";
import { flash } from "../../host/src/protocol/generated.ts";
import { TemporaryFolder } from "../../test/support/temporary-folder.ts";
import { lockedChip } from "../skips/chip.ts";
import { Machine } from "../skips/machine.ts";
import type { Figure } from "./figure.ts";
import { bootFloor } from "./floor.ts";

const COUNTED = ["-icount", "shift=0,sleep=off"];
const BUILT = "build/firmware/virt";
// csrr a0, minstret; csrr a1, minstreth; j .
const READ_COUNTER = Uint32Array.of(0xb020_2573, 0xb820_25f3, 0x0000_006f);
const READ_BYTES = 8;

export async function bootFigures(): Promise<Figure[]> {
  using folder = new TemporaryFolder();
  const image = Uint8Array.from(readFileSync(`${BUILT}/app.bin`));
  image.set(new Uint8Array(READ_COUNTER.buffer));
  const bootloader = Uint8Array.from(readFileSync(`${BUILT}/bootloader.bin`));
  const chip = await lockedChip(folder.join("chip"), bootloader, undefined, image);
  await using machine = new Machine(chip, folder.join("run"), [], COUNTED);
  const [low, high] = await machine.argumentsAt(flash.virt.ramBase + READ_BYTES, 60_000);
  const instructions = high * 2 ** 32 + low;
  return [
    {
      figure: "boot.check",
      value: instructions / bootFloor(image.length),
      unit: "of the floor",
      budget: "<= 1.02",
      anchor: "one P-256 verify by micro-ecc: 12.1 M",
      note: `${(instructions / 1e6).toFixed(2)} M instructions from reset on, image of ${image.length} bytes`,
    },
  ];
}
