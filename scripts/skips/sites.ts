// SPDX-License-Identifier: Apache-2.0
// The static instructions of the bootloader's ELF, libsecp256k1 and libgcc included.
import { execFileSync } from "node:child_process";

export interface Site {
  readonly address: number;
  /** Bytes of the instruction: 2 or 4. */
  readonly length: number;
  /** Its function, and the instruction's offset in it. */
  readonly symbol: string;
  readonly text: string;
}

const CROSS = "riscv64-unknown-elf-";
const run = (tool: string, ...args: string[]): string =>
  execFileSync(`${CROSS}${tool}`, args, { encoding: "utf8", maxBuffer: 1 << 26 });

/** By address. Constants, which stand behind the last function, are left out. */
export function sitesOf(elf: string): Site[] {
  const end = endOfCode(elf);
  const sites: Site[] = [];
  let name = "";
  let start = 0;
  for (const line of run("objdump", "-d", "-M", "no-aliases", elf).split("\n")) {
    const symbol = /^([0-9a-f]{8}) <(.+)>:$/.exec(line);
    if (symbol !== null) {
      start = Number.parseInt(symbol[1] ?? "", 16);
      name = symbol[2] ?? "";
    }
    const instruction = /^([0-9a-f]{8}):\s+([0-9a-f]{4}|[0-9a-f]{8})\s+(.*)$/.exec(line);
    if (instruction === null) continue;
    const [, at = "", code = "", text = ""] = instruction;
    const address = Number.parseInt(at, 16);
    if (address >= end) continue;
    const offset = (address - start).toString(16);
    sites.push({ address, length: code.length / 2, symbol: `${name}+0x${offset}`, text: text.replaceAll("\t", " ") });
  }
  return sites;
}

function endOfCode(elf: string): number {
  let end = 0;
  for (const line of run("readelf", "-sW", elf).split("\n")) {
    const found = /^\s*\d+: ([0-9a-f]{8})\s+(\d+) FUNC/.exec(line);
    if (found !== null) end = Math.max(end, Number.parseInt(found[1] ?? "", 16) + Number(found[2]));
  }
  return end;
}
