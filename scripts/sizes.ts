// SPDX-License-Identifier: Apache-2.0
// npm run -s sizes: what takes flash and RAM in bootloader and app for virt, as `make all` left them. Flash by source
// file (functions laid into others count there), libsecp256k1 apart, adding up to the .bin; RAM by variable.
import { sourceSizes, variables } from "./bench/symbols.ts";
import { scriptArguments } from "./lib/arguments.ts";

scriptArguments(import.meta, {});

const ROWS = 20;

for (const name of ["bootloader", "app"]) {
  const elf = `build/firmware/virt/${name}.elf`;
  const sizes = sourceSizes(elf);
  const rows = sizes.map(({ source, flash }): [string, number] => [source || "no source: assembly, libgcc", flash]);
  print(`${name}: flash, bytes`, rows);
  print(`${name}: static RAM, bytes`, variables(elf));
}

function print(title: string, rows: readonly (readonly [string, number])[]): void {
  const sorted = rows.toSorted(([, a], [, b]) => b - a);
  const total = sorted.reduce((sum, [, bytes]) => sum + bytes, 0);
  const others = sorted.slice(ROWS).reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`\n${title.padEnd(40)} ${String(total).padStart(8)}`);
  for (const [what, bytes] of sorted.slice(0, ROWS)) console.log(`  ${what.padEnd(38)} ${String(bytes).padStart(8)}`);
  if (others > 0) console.log(`  ${"all others".padEnd(38)} ${String(others).padStart(8)}`);
}
