// SPDX-License-Identifier: Apache-2.0
// For which port an app was linked: firmware/ports/*/start.S sets the stack pointer first, `la sp, __stack_top`.
import { flash } from "./generated.ts";

type AppPort = "virt" | "esp32c3";

// Instruction set manual, vol. I, 2.4: auipc sp, HIGH; addi sp, sp, LOW.
const AUIPC_SP = 0x117;
const ADDI_SP_SP = 0x10113;
const START_BYTES = 16;

// RAM from the image on, and how far above its data's address its code is fetched: ESP32-C3 TRM 3.3.2.
const RAM: Readonly<Record<AppPort, { readonly bytes: number; readonly fetchedAbove: number }>> = {
  virt: { bytes: flash.virt.ramBytes, fetchedAbove: 0 },
  esp32c3: { bytes: 0x60000, fetchedAbove: 0x700000 },
};

/** The port in whose RAM the app's stack is; undefined where the app begins in another way. */
export function portOfApp(image: Uint8Array): AppPort | undefined {
  const stack = stackOf(image);
  if (stack === undefined) return undefined;
  return (["virt", "esp32c3"] as const).find((port) => {
    const offset = stack + RAM[port].fetchedAbove;
    return offset > 0 && offset <= RAM[port].bytes;
  });
}

/** Of the stack's top, bytes from the image's beginning. */
function stackOf(image: Uint8Array): number | undefined {
  const start = Buffer.from(image.subarray(0, START_BYTES));
  for (let at = 0; at + 8 <= start.length; at += 4) {
    const [high, low] = [start.readInt32LE(at), start.readInt32LE(at + 4)];
    if ((high & 0xfff) === AUIPC_SP && (low & 0xfffff) === ADDI_SP_SP) return at + (high & ~0xfff) + (low >> 20);
  }
  return undefined;
}
