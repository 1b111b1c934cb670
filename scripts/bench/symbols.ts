// SPDX-License-Identifier: Apache-2.0
// What of a program for virt takes flash and RAM: its symbols, by the source file that the debug information names.
// Functions that the compiler laid into others count there. Each byte of flash counts once, by its address, so that the
// rows add up to the .bin: symbols overlap (aliases), and merged strings and padding have none.
import { execFileSync } from "node:child_process";
import { basename } from "node:path";

export interface SourceSize {
  /** rlp.c, libsecp256k1, "" for symbols without a source (assembly, libgcc), or NO_SYMBOL. */
  readonly source: string;
  readonly flash: number;
  readonly ram: number;
}

/** Bytes of the .bin that no symbol covers: merged strings, padding. */
export const NO_SYMBOL = "not attributed";

const OBJDUMP = "riscv64-unknown-elf-objdump";
const SECTION = /^ +\d+ \S+ +([0-9a-f]+) +([0-9a-f]+) +([0-9a-f]+) .*\n.*\bLOAD\b/gm;
const NM = "riscv64-unknown-elf-nm";
const SYMBOL = /^([0-9a-f]+) ([0-9a-f]+) (\w) (\S+?)(?:\.(?:\d|lto_priv|isra|part)\S*)?(?:\t(\S+):\d+)?$/;

interface Section {
  readonly bytes: number;
  /** Where it runs. */
  readonly address: number;
  /** Where it stands in the .bin, from the address of the first. */
  readonly stored: number;
}

interface Symbol {
  readonly address: number;
  readonly bytes: number;
  /** nm's: t and r in flash, b and d in RAM. */
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

const hex = (digits: string): number => Number.parseInt(digits, 16);

/** What objcopy puts into the .bin. */
function loaded(elf: string): Section[] {
  const text = execFileSync(OBJDUMP, ["-h", elf], { encoding: "utf8" });
  return [...text.matchAll(SECTION)].map(([, bytes = "", address = "", stored = ""]) => ({
    bytes: hex(bytes),
    address: hex(address),
    stored: hex(stored),
  }));
}

/** Each symbol of flash with the bytes that no symbol before it covers. */
function* covered(all: readonly Symbol[], sections: readonly Section[]): Generator<readonly [Symbol, number]> {
  for (const { address, bytes } of sections) {
    let next = address;
    const inside = all.filter((symbol) => symbol.address >= address && symbol.address < address + bytes);
    for (const symbol of inside.toSorted((a, b) => a.address - b.address || b.bytes - a.bytes)) {
      const end = Math.min(symbol.address + symbol.bytes, address + bytes);
      if (end <= next) continue;
      yield [symbol, end - Math.max(symbol.address, next)];
      next = end;
    }
  }
}

function symbols(elf: string): Symbol[] {
  const text = execFileSync(NM, ["-S", "-l", "--defined-only", elf], { encoding: "utf8", maxBuffer: 1 << 26 });
  return text.split("\n").flatMap((line) => {
    const [, address = "", size = "", kind = "", name = "", path = ""] = SYMBOL.exec(line) ?? [];
    return size === "" ? [] : [{ address: hex(address), bytes: hex(size), kind: kind.toLowerCase(), name, path }];
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

/** The largest first; flash adds up to the .bin. */
export function sourceSizes(elf: string): SourceSize[] {
  const sizes = new Map<string, { flash: number; ram: number }>();
  const rowOf = ({ path }: Symbol) => {
    const source = /secp256k1/.test(path) ? "libsecp256k1" : basename(path);
    const row = sizes.get(source) ?? { flash: 0, ram: 0 };
    sizes.set(source, row);
    return row;
  };
  const all = symbols(elf);
  const sections = loaded(elf);
  const first = Math.min(...sections.map(({ stored }) => stored));
  let rest = Math.max(...sections.map(({ stored, bytes }) => stored + bytes)) - first;
  for (const [symbol, bytes] of covered(all, sections)) {
    rowOf(symbol).flash += bytes;
    rest -= bytes;
  }
  for (const symbol of all) if (/[bd]/.test(symbol.kind)) rowOf(symbol).ram += symbol.bytes;
  sizes.set(NO_SYMBOL, { flash: rest, ram: 0 });
  return [...sizes].map(([source, row]) => ({ source, ...row })).toSorted((a, b) => b.flash + b.ram - a.flash - a.ram);
}
