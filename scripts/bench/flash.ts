// SPDX-License-Identifier: Apache-2.0
// Flash and RAM of what was built for ports/virt; npm run -s sizes says what takes them.
import { statSync } from "node:fs";
import type { Figure } from "./figure.ts";
import { type SourceSize, sourceSizes } from "./symbols.ts";

const KIB = 1024;
const path = (name: string, kind: string): string => `build/firmware/virt/${name}.${kind}`;
const sizeOf = (name: string): number => statSync(path(name, "bin")).size / KIB;

export function flashFigures(): Figure[] {
  const [boot, app] = ["bootloader", "app"].map((name) => sourceSizes(path(name, "elf")));
  if (boot === undefined || app === undefined) return [];
  return [
    {
      figure: "boot.flash",
      value: sizeOf("bootloader"),
      unit: "KiB",
      budget: "<= 44",
      anchor: "libsecp256k1's verify alone: 21.2",
      note: "with serial recovery",
    },
    {
      figure: "boot.own",
      value: sizeOf("bootloader") - libsecp256k1(boot),
      unit: "KiB",
      budget: "<= 22",
      anchor: "wolfBoot with a P-256 of its own: 14 to 19",
      note: `without libsecp256k1's ${libsecp256k1(boot).toFixed(1)}`,
    },
    { figure: "boot.ram", value: ram(boot), unit: "KiB", note: "static; its own copy and the image outside" },
    { figure: "app.flash", value: sizeOf("app"), unit: "KiB", note: "gate, identity, SMP, libsecp256k1 with signing" },
    {
      figure: "app.own",
      value: sizeOf("app") - libsecp256k1(app),
      unit: "KiB",
      note: `without libsecp256k1's ${libsecp256k1(app).toFixed(1)}`,
    },
    { figure: "app.ram", value: ram(app), unit: "KiB", note: "static" },
  ];
}

function libsecp256k1(sizes: readonly SourceSize[]): number {
  return (sizes.find(({ source }) => source === "libsecp256k1")?.flash ?? 0) / KIB;
}

const ram = (sizes: readonly SourceSize[]): number => sizes.reduce((sum, row) => sum + row.ram, 0) / KIB;
