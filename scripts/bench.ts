// SPDX-License-Identifier: Apache-2.0
// npm run -s bench -- [NAME…] [--json]: measures the figures whose names begin with a NAME, all where none is given.
// Exits with 1 where one breaks its budget.
import { bitFigures } from "./bench/bits.ts";
import { bootFigures } from "./bench/boot.ts";
import { certificateFigures } from "./bench/certificates.ts";
import { deltaFigures } from "./bench/delta.ts";
import { depthFigures } from "./bench/depth.ts";
import { type Figure, isWithin } from "./bench/figure.ts";
import { flashFigures } from "./bench/flash.ts";
import { identityFigures } from "./bench/identity.ts";
import { installFigures } from "./bench/install.ts";
import { portFigures } from "./bench/ports.ts";
import { powercutFigures } from "./bench/powercut.ts";
import { proofFigures } from "./bench/proof.ts";
import { streamFigures } from "./bench/ram.ts";
import { scriptArguments } from "./lib/arguments.ts";

type Source = () => Promise<readonly Figure[]> | readonly Figure[];

const SOURCES: Readonly<Record<string, Source | readonly Source[]>> = {
  boot: [flashFigures, bootFigures],
  app: flashFigures,
  bits: bitFigures,
  gas: async () => (await import("../test/contracts/gas.ts")).gasFigures(),
  ca: certificateFigures,
  delta: deltaFigures,
  depth: depthFigures,
  identity: identityFigures,
  install: [depthFigures, installFigures],
  powercut: powercutFigures,
  proof: proofFigures,
  ram: streamFigures,
  ports: portFigures,
  wire: installFigures,
};

const { values, positionals } = scriptArguments(import.meta, {
  allowPositionals: true,
  options: { json: { type: "boolean" } },
});
const wanted = (name: string): boolean =>
  positionals.length === 0 || positionals.some((prefix) => name.startsWith(prefix));
const groups = Object.keys(SOURCES).filter(
  (group) => positionals.length === 0 || positionals.some((name) => name.split(".")[0] === group),
);
const unknown = positionals.find((name) => SOURCES[name.split(".")[0] ?? ""] === undefined);
if (unknown !== undefined) {
  console.error(`no figure begins with ${unknown}; there are ${Object.keys(SOURCES).join(", ")}`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const source of new Set(groups.flatMap((group) => SOURCES[group] ?? []))) {
  figures.push(...(await source()).filter(({ figure }) => wanted(figure)));
}

if (values.json) console.log(JSON.stringify(figures, null, 2));
else {
  for (const figure of figures) {
    const { value, unit, budget = "", anchor = "", note = "" } = figure;
    const shown = value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 3 : 1 });
    const verdict = isWithin(figure) ? " " : "!";
    console.log(
      `${verdict} ${figure.figure.padEnd(20)} ${shown.padStart(10)} ${unit.padEnd(20)} ${budget.padEnd(10)} ${anchor}${note && ` (${note})`}`,
    );
  }
}
process.exit(figures.every(isWithin) ? 0 : 1);
