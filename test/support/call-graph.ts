// SPDX-License-Identifier: Apache-2.0
// Who calls or names whom in a linked image, out of its disassembly.
import { execFileSync } from "node:child_process";

export interface CodeFunction {
  readonly name: string;
  /** Instructions, one a line. */
  readonly lines: readonly string[];
  /** Symbols that its instructions name: calls, jumps, addresses, data. */
  readonly names: ReadonlySet<string>;
}

/** By name, without the suffixes of the compiler's clones. */
export type CallGraph = ReadonlyMap<string, CodeFunction>;

export function callGraph(elf: string): CallGraph {
  const options = ["-d", "--no-show-raw-insn", elf];
  const text = execFileSync("riscv64-unknown-elf-objdump", options, { encoding: "utf8", maxBuffer: 1 << 28 });
  const functions = new Map<string, CodeFunction>();
  for (const block of text.split(/\n\n(?=[0-9a-f]+ <)/)) {
    const [head = "", ...lines] = block.split("\n");
    const name = /<(.+)>:$/.exec(head.trim())?.[1];
    if (name === undefined) continue;
    const names = new Set(lines.flatMap((line) => [...line.matchAll(/<([^+>]+)>/g)].map(([, to = ""]) => base(to))));
    functions.set(base(name), { name: base(name), lines, names });
  }
  return functions;
}

/** Everything that is called or named from there on, itself included. */
export function reached(graph: CallGraph, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(graph.get(at)?.names ?? []));
  }
  return seen;
}

export function callersOf(graph: CallGraph, name: string): string[] {
  return [...graph.values()].filter((each) => each.name !== name && each.names.has(name)).map((each) => each.name);
}

const base = (name: string): string => name.replace(/(\.(constprop|isra|part|lto_priv|cold)\.\d+)+$/, "");
