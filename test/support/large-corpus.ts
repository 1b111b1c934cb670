// SPDX-License-Identifier: Apache-2.0
// All cases of the committed vectors, moved onto the large chain, and damage by seed on it, as questions for the verifiers.

import { damagedBundle, places } from "../../protocol/vectors/lab/damage.ts";
import { moved } from "../../protocol/vectors/lab/large.ts";
import { runningOf } from "../../protocol/vectors/lab/make.ts";
import { Chance } from "../../protocol/vectors/lab/random.ts";
import type { Scenario } from "../../protocol/vectors/lab/scenario.ts";
import { type Expected, unitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { suites } from "../../protocol/vectors/suites.ts";
import type { Question } from "./tm-verdict.ts";

export interface LargeEntry {
  readonly title: string;
  /** Undefined for damage: that the verifiers agree is all that can be asked. */
  readonly expect?: Expected;
  readonly question: Question;
}

/** One named case in `stride`, from `from` on. */
export function largeCases(large: Scenario, stride = 1, from = 0): LargeEntry[] {
  const all = suites.flatMap((suite) => suite.cases.map((entry) => ({ ...suite, entry })));
  const chosen = all.filter((_, at) => at % stride === from);
  return chosen.map(({ path, step, base, encode, entry }) => {
    const { title, expect, scenario } = moved(entry, large);
    const running = step === "lock" ? { running: runningOf(base) } : {};
    const question: Question = { step, unit: unitJson(scenario.unit), input: encode(scenario), ...running };
    return { title: `${path}: ${title}`, expect, question };
  });
}

/** So many of each place; where nodes are bent, everything above them is hashed anew. */
export function largeDamage(large: Scenario, each: number, seed: number): LargeEntry[] {
  const unit = unitJson(large.unit);
  return places.flatMap((place, at) => {
    const chance = new Chance(seed + at);
    return Array.from({ length: each }, (_, index): LargeEntry => {
      const question: Question = { step: "bundle", unit, input: damagedBundle(place, chance, large) };
      return { title: `${place} damaged, ${index} of seed ${seed}`, question };
    });
  });
}
