// SPDX-License-Identifier: Apache-2.0
// What of a program for virt takes flash and RAM: its symbols, by the source file that the debug information names.
// Functions that the compiler laid into others count there.
import { execFileSync } from "node:child_process";
import { basename } from "node:path";

export interface SourceSize {
  /** rlp.c, libsecp256k1, or "" for what has no source: constants that were merged, assembly. */
  readonly source: string;
  readonly flash: number;
  readonly ram: number;
}

const NM = "riscv64-unknown-elf-nm";
const SYMBOL = /^[0-9a-f]+ ([0-9a-f]+) (\w) (\S+?)(?:\.(?:\d|lto_priv|isra|part)\S*)?(?:\t(\S+):\d+)?$/;

interface Symbol {
  readonly bytes: number;
  /** nm's: t and r in flash, b and d in RAM. */
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

function symbols(elf: string): Symbol[] {
  const text = execFileSync(NM, ["-S", "-l", "--defined-only", elf], { encoding: "utf8", maxBuffer: 1 << 26 });
  return text.split("\n").flatMap((line) => {
    const [, size = "", kind = "", name = "", path = ""] = SYMBOL.exec(line) ?? [];
    return size === "" ? [] : [{ bytes: Number.parseInt(size, 16), kind: kind.toLowerCase(), name, path }];
  });
}

/** Static variables of one name together. */
export function variables(elf: string): [name: string, bytes: number][] {
  const sizes = new Map<string, number>();
  for (const { bytes, kind, name } of symbols(elf))
    if (/[bd]/.test(kind)) sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  return [...sizes];
}

/** Bytes of each static variable of this name. */
export const sizesOf = (elf: string, variable: string): number[] =>
  symbols(elf).flatMap(({ name, bytes }) => (name === variable ? [bytes] : []));

/** The largest first. */
export function sourceSizes(elf: string): SourceSize[] {
  const sizes = new Map<string, { flash: number; ram: number }>();
  for (const { bytes, kind, path } of symbols(elf)) {
    const source = /secp256k1/.test(path) ? "libsecp256k1" : basename(path);
    const row = sizes.get(source) ?? { flash: 0, ram: 0 };
    if (kind !== "b") row.flash += bytes;
    if (kind === "b" || kind === "d") row.ram += bytes;
    sizes.set(source, row);
  }
  return [...sizes].map(([source, row]) => ({ source, ...row })).toSorted((a, b) => b.flash + b.ram - a.flash - a.ram);
}
