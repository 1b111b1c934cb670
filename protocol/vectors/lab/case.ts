// SPDX-License-Identifier: Apache-2.0
// Cases as scenarios, and how they become a vector file.
import { toHex } from "../../../host/src/protocol/bytes.ts";
import type { Scenario, Unit } from "./scenario.ts";
import { type CaseJson, type Expected, editOf, type Step, unitJson, type VectorFile } from "./vector-file.ts";

export interface Case {
  readonly title: string;
  readonly expect: Expected;
  readonly scenario: Scenario;
}

interface Release {
  readonly authentication: Uint8Array;
  readonly manifest: Uint8Array;
}

export function vectorFile(
  about: string,
  step: Step,
  base: Scenario,
  encode: (scenario: Scenario) => Uint8Array,
  cases: readonly Case[],
  running?: Release,
): VectorFile {
  const baseBytes = encode(base);
  const baseUnit = unitJson(base.unit);
  const toJson = ({ title, expect, scenario }: Case): CaseJson => {
    const edit = editOf(baseBytes, encode(scenario));
    const unit = changed(base.unit, scenario.unit);
    return { title, expect, ...(edit && { edit }), ...(unit && { unit }) };
  };
  const signed = running && { authentication: toHex(running.authentication), manifest: toHex(running.manifest) };
  const head = { about, step, unit: baseUnit, base: toHex(baseBytes), ...(signed && { running: signed }) };
  return { ...head, cases: cases.map(toJson) };
}

function changed(base: Unit, unit: Unit): CaseJson["unit"] {
  if (unit === base) return undefined;
  const before = unitJson(base);
  const entries = Object.entries(unitJson(unit)).filter(
    ([name, value]) => before[name as keyof typeof before] !== value,
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** One line a case, so that a changed case is a changed line. */
export function printVectorFile({ cases, ...head }: VectorFile): string {
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const body = cases.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
  return `{\n${lines.join("\n")}\n  "cases": [\n${body}\n  ]\n}\n`;
}
