// SPDX-License-Identifier: Apache-2.0
// Flash of what was built for ports/virt.
import { statSync } from "node:fs";
import type { Figure } from "./figure.ts";

const KIB = 1024;
const sizeOf = (name: string): number => statSync(`build/firmware/virt/${name}.bin`).size / KIB;

export function flashFigures(): Figure[] {
  return [
    {
      figure: "boot.flash",
      value: sizeOf("bootloader"),
      unit: "KiB",
      budget: "<= 44",
      anchor: "libsecp256k1's verify alone: 21.2",
      note: "with serial recovery",
    },
    { figure: "app.flash", value: sizeOf("app"), unit: "KiB", note: "gate, identity, SMP, libsecp256k1 with signing" },
  ];
}
