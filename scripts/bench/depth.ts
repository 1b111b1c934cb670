// SPDX-License-Identifier: Apache-2.0
// What the gate takes for k = 1, 2, 3 witnesses and proofs 2, 6, 9 nodes deep, all branches full: on rv32imc, in QEMU with
// an exact count of instructions, by the app's own code (build/firmware/virt/tm-verdict.elf, bundles in memory).
import { deepScenario } from "../../protocol/vectors/lab/deep.ts";
import { bundleOf } from "../../protocol/vectors/lab/make.ts";
import { unitJson } from "../../protocol/vectors/lab/vector-file.ts";
import { type EmulatedVerdict, emulatedVerdicts } from "../../test/support/tm-verdict.ts";
import type { Figure } from "./figure.ts";
import { floorOf } from "./floor.ts";

const THRESHOLDS = [1, 2, 3] as const;
const DEPTHS = [2, 6, 9] as const;

/** k and depth of the budgets. */
const BUDGETED = { threshold: 2, depth: 9 } as const;

export function depthFigures(): Figure[] {
  const cases = THRESHOLDS.flatMap((threshold) => DEPTHS.map((depth) => ({ threshold, depth })));
  const { costs, verdicts } = emulatedVerdicts(
    cases.map(({ threshold, depth }) => {
      const scenario = deepScenario(threshold, depth);
      return { step: "bundle", unit: unitJson(scenario.unit), input: bundleOf(scenario) };
    }),
  );
  return cases.flatMap(({ threshold, depth }, at) => {
    const answer = verdicts[at];
    if (answer?.verdict !== "OK") throw new Error(`k = ${threshold}, depth ${depth}: ${answer?.verdict}`);
    const { work } = answer;
    const ecdsa = work.verifies * costs.verify;
    const hashing = work.keccakBlocks * costs.keccakBlock + work.sha256Bytes * costs.sha256Byte;
    const rest = work.instructions - ecdsa - hashing;
    const name = `depth.${threshold}.${depth}`;
    const split = `ECDSA ${millions(ecdsa)}, hashing ${millions(hashing)}, all else ${millions(rest)}`;
    const line = { figure: name, value: work.instructions, unit: "instructions", note: split };
    const isBudgeted = threshold === BUDGETED.threshold && depth === BUDGETED.depth;
    return isBudgeted ? [line, ...budgeted(answer, threshold)] : [line];
  });
}

function budgeted({ work }: EmulatedVerdict, threshold: number): Figure[] {
  const { required, floor } = floorOf(threshold, work);
  return [
    {
      figure: "install.instructions",
      value: work.instructions,
      unit: "instructions",
      budget: "<= 22000000",
      anchor: "8 verifies: 17.2 M",
      note: `k = ${threshold}; account, license, release ${BUDGETED.depth} nodes deep`,
    },
    {
      figure: "install.overhead",
      value: work.instructions / floor - 1,
      unit: "of the floor",
      budget: "<= 0.15",
      note: `${work.verifies} verifies, ${required} required; ${work.sha256Bytes} bytes of SHA-256, ${work.keccakBlocks} Keccak blocks`,
    },
  ];
}

const millions = (count: number): string => `${(count / 1e6).toFixed(2)} M`;
