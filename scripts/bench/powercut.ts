// SPDX-License-Identifier: Apache-2.0
// What the last whole `npm run powercut` found (build/powercut.json); without one, a short run that the note names.
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { cutPower, total } from "../lib/powercut.ts";
import type { Figure } from "./figure.ts";

const KEPT = "build/powercut.json";
const SHORT = 400; // cuts per flow and erase size

interface Found {
  readonly cuts: number;
  readonly brick: number;
  readonly never: number;
}

export async function powercutFigures(): Promise<Figure[]> {
  const isWhole = existsSync(KEPT);
  const { cuts, brick, never } = isWhole ? kept() : await shortRun();
  const note = isWhole
    ? "the last npm run powercut"
    : `a short run, ${SHORT} of a flow; npm run powercut makes them all`;
  return [
    {
      figure: "powercut.single",
      value: cuts,
      unit: "distinct cuts",
      ...(isWhole && { budget: ">= 1000000" }),
      anchor: "MCUboot: about 150,000, between operations only",
      note,
    },
    { figure: "powercut.bricks", value: brick, unit: "bricks", budget: "<= 0", note },
    { figure: "powercut.sites", value: never, unit: "sites never cut", ...(isWhole && { budget: "<= 0" }), note },
  ];
}

function kept(): Found {
  const found: unknown = JSON.parse(readFileSync(KEPT, "utf8"));
  const singles = (found as { "single cuts"?: Found })["single cuts"];
  if (singles === undefined) throw new Error(`${KEPT} holds no single cuts`);
  return singles;
}

async function shortRun(): Promise<Found> {
  const { flows, sites } = await cutPower(["--cuts", String(SHORT)], availableParallelism());
  return { cuts: total(flows, "cuts"), brick: total(flows, "brick"), never: sites.filter(({ cut }) => !cut).length };
}
