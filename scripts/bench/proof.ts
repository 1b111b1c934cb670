// SPDX-License-Identifier: Apache-2.0
// What the license proof takes beside the crypto, in the app for virt: code by the source line of each instruction, so
// that what was laid into other functions counts; RAM as its workspace and the deepest frames below tm_chain_step.
import { execFileSync } from "node:child_process";
import type { Figure } from "./figure.ts";
import { sizesOf } from "./symbols.ts";

const APP = "build/firmware/virt/app.elf";
const KIB = 1024;

// #chain's form, header, witnesses, tries, words, and what they say. Not here: Keccak, SHA-256, ECDSA; trust statements.
const SOURCES = `account block_header board_proof chain chain_proof chain_step eip712 license_judgement license_word
  release_word rlp root_word storage_word trie witness`.split(/\s+/);
const CRYPTO = /secp256k1|ecdsa|sha256|keccak|hmac/;

export function proofFigures(): Figure[] {
  const workspace = Math.min(...sizesOf(APP, "workspace")); // a notice's; gate and lock have more in theirs
  const stack = deepest(functions(), "tm_chain_step");
  return [
    {
      figure: "proof.flash",
      value: codeBytes() / KIB,
      unit: "KiB",
      budget: "<= 6",
      anchor: "a prototype: 3",
      note: `${SOURCES.length} sources, without the crypto`,
    },
    {
      figure: "proof.ram",
      value: (workspace + stack) / KIB,
      unit: "KiB",
      budget: "<= 8",
      anchor: "a prototype: 1.8",
      note: `workspace ${workspace}, deepest stack ${stack} bytes, without the crypto's`,
    },
  ];
}

const disassembly = (...options: string[]): string =>
  execFileSync("riscv64-unknown-elf-objdump", ["-d", ...options, APP], { encoding: "utf8", maxBuffer: 1 << 28 });

/** Bytes of the instructions that come from the proof's sources. */
function codeBytes(): number {
  let isProof = false;
  let bytes = 0;
  for (const line of disassembly("-l").split("\n")) {
    const source = /\/(\w+)\.[chS]:\d+/.exec(line)?.[1];
    const code = /^\s*[0-9a-f]+:\t([0-9a-f]+) /.exec(line)?.[1];
    if (source !== undefined) isProof = SOURCES.includes(source);
    else if (code !== undefined && isProof) bytes += code.length / 2;
  }
  return bytes;
}

interface Frame {
  readonly bytes: number;
  readonly names: ReadonlySet<string>;
}

/** What each function takes of the stack, and the functions that it names. */
function functions(): Map<string, Frame> {
  const frames = new Map<string, Frame>();
  for (const block of disassembly("--no-show-raw-insn").split(/\n\n(?=[0-9a-f]+ <)/)) {
    const name = /^[0-9a-f]+ <(.+)>:/.exec(block)?.[1];
    if (name === undefined) continue;
    const names = new Set([...block.matchAll(/<([^+>]+)>\n/g)].map(([, to = ""]) => to));
    const bytes = [...block.matchAll(/\taddi?\tsp,sp,-(\d+)/g)].reduce((sum, [, less]) => sum + Number(less), 0);
    frames.set(name, { bytes, names });
  }
  return frames;
}

/** A function's stack and that of what it calls, itself left out. Calls by pointer are not followed. */
function deepest(all: ReadonlyMap<string, Frame>, name: string, above: readonly string[] = []): number {
  const { bytes = 0, names = [] } = all.get(name) ?? {};
  const below = [...names].filter((to) => to !== name && !above.includes(to) && !CRYPTO.test(to));
  return bytes + Math.max(0, ...below.map((to) => deepest(all, to, [...above, name])));
}
