// SPDX-License-Identifier: Apache-2.0
// Stack of an install on this machine, at two sizes of image: firmware/stream/stream.c.
import { execFileSync } from "node:child_process";
import type { Figure } from "./figure.ts";

const SMALL = 64 << 10;
const LARGE = 4 << 20;

export function streamFigures(): Figure[] {
  execFileSync("make", ["-s", "-C", "firmware", "stream"], { stdio: ["ignore", "ignore", "inherit"] });
  const [small, large] = [SMALL, LARGE].map((bytes) =>
    Number(execFileSync("build/firmware/stream", [String(bytes)], { encoding: "utf8" })),
  );
  if (small === undefined || large === undefined) return [];
  return [
    {
      figure: "ram.stream",
      value: large - small,
      unit: "bytes",
      budget: "<= 0",
      note: `stack of a 4 MiB install beyond that of one of 64 KiB, ${small} bytes on this machine; there is no heap`,
    },
  ];
}
