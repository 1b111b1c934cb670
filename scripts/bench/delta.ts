// SPDX-License-Identifier: Apache-2.0
// Deltas of our own app for virt: ours against bsdiff + xz and bsdiff + heatshrink over the same changes.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { concatBytes } from "../../host/src/protocol/bytes.ts";
import type { Change } from "../../host/src/protocol/delta.ts";
import { findChanges } from "../../host/src/release/delta/find-changes.ts";
import { makeDelta } from "../../host/src/release/delta/make-delta.ts";
import type { Figure } from "./figure.ts";

interface Build {
  /** A revision of this repository; undefined: as it stands. */
  readonly revision?: string;
  readonly version: string;
}

const PAIRS: readonly { readonly name: string; readonly what: string; readonly from: Build; readonly to: Build }[] = [
  { name: "version", what: "another version string", from: { version: "1.0.0" }, to: { version: "1.1.0" } },
  {
    name: "change",
    what: "one commit of code",
    from: { revision: "ce11037~1", version: "1.0.0" },
    to: { revision: "ce11037", version: "1.1.0" },
  },
  {
    name: "day",
    what: "a day's commits",
    from: { revision: "c68eb43", version: "1.0.0" },
    to: { revision: "d4254d9", version: "1.1.0" },
  },
];

export function deltaFigures(): Figure[] {
  return PAIRS.flatMap(({ name, what, from, to }) => {
    const [base, image] = [appOf(from), appOf(to)];
    if (base === undefined || image === undefined) return [];
    const raw = bsdiff(base, image, findChanges(base, image));
    const own = makeDelta(base, image).length;
    const [byXz, fullByXz] = [xz(raw), xz(image)];
    return [
      {
        figure: `delta.${name}`,
        value: own / image.length,
        unit: "of the image",
        anchor: `bsdiff + xz ${byXz}, bsdiff + heatshrink ${heatshrink(raw)} bytes`,
        note: `${own} of ${image.length} bytes: ${what}; the full image by xz ${fullByXz}`,
      },
    ];
  });
}

/** Undefined where this clone does not have the revision. */
function appOf({ revision, version }: Build): Uint8Array | undefined {
  const folder = join("build/bench/delta", revision ?? "now");
  const out = join(process.cwd(), folder, `app-${version}.bin`);
  const firmware = revision === undefined ? "firmware" : join(folder, "firmware");
  if (revision !== undefined && !existsSync(firmware)) {
    const archive = spawnSync("git", ["archive", revision, "firmware"], { maxBuffer: 1 << 26 });
    if (archive.status !== 0) return undefined;
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["x", "-C", folder], { input: archive.stdout });
  }
  const build = join(process.cwd(), folder, "build");
  const make = ["-s", "-C", firmware, "app", `VERSION=${version}`, `BUILD=${build}`, `OUT=${out}`];
  execFileSync("make", make, { stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(out);
}

/** As bsdiff's files before compression: numbers, then differences, then new bytes. */
function bsdiff(base: Uint8Array, image: Uint8Array, changes: readonly Change[]): Uint8Array {
  const control = Buffer.alloc(12 * changes.length);
  const differences: Uint8Array[] = [];
  const fresh: Uint8Array[] = [];
  let at = 0;
  for (const [index, change] of changes.entries()) {
    [change.like, change.fresh, change.from].forEach((value, field) =>
      control.writeUInt32LE(value, 12 * index + 4 * field),
    );
    const copied = base.subarray(change.from, change.from + change.like);
    differences.push(image.slice(at, at + change.like).map((byte, offset) => byte - (copied[offset] ?? 0)));
    fresh.push(image.subarray(at + change.like, at + change.like + change.fresh));
    at += change.like + change.fresh;
  }
  return concatBytes(control, ...differences, ...fresh);
}

/** Bytes; "-" where xz is not installed. */
function xz(bytes: Uint8Array): number | string {
  const { status, stdout } = spawnSync("xz", ["--format=raw", "--lzma2=preset=9e,dict=64KiB", "-c"], { input: bytes });
  return status === 0 ? stdout.length : "-";
}

const WINDOW_BITS = [9, 10, 11]; // a decoder's RAM: 0.5, 1, 2 KiB
const LENGTH_BITS = [4, 6, 8];

/** Bytes of heatshrink's format by its encoder's greedy way, with the settings that suit best. */
function heatshrink(bytes: Uint8Array): number {
  const sizes = WINDOW_BITS.flatMap((window) => LENGTH_BITS.map((length) => heatshrinkWith(bytes, window, length)));
  return Math.min(...sizes);
}

/** A tag bit, then 8 bits or a distance and a length. */
function heatshrinkWith(bytes: Uint8Array, windowBits: number, lengthBits: number): number {
  const reference = 1 + windowBits + lengthBits;
  let bits = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = longestMatch(bytes, at, 1 << windowBits, 1 << lengthBits);
    const isWorth = length * 9 > reference;
    bits += isWorth ? reference : 9;
    at += isWorth ? length : 1;
  }
  return Math.ceil(bits / 8);
}

function longestMatch(bytes: Uint8Array, at: number, window: number, most: number): number {
  const limit = Math.min(most, bytes.length - at);
  let best = 0;
  for (let from = at - 1; from >= Math.max(0, at - window) && best < limit; from--) {
    let length = 0;
    while (length < limit && bytes[from + length] === bytes[at + length]) length += 1;
    best = Math.max(best, length);
  }
  return best;
}
