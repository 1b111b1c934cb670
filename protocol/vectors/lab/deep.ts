// SPDX-License-Identifier: Apache-2.0
// Honest bundles whose proofs are as deep as one likes, under federations of one, three or five: k = 1, 2 or 3.
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { fakeKey } from "./keys.ts";
import { bundleOf } from "./make.ts";
import { Chance } from "./random.ts";
import { HONEST, type Scenario, TRUST } from "./scenario.ts";
import { deepTrie } from "./trie.ts";

/** @param threshold k, of 2k − 1 witnesses. @param depth nodes of each of the three proofs */
export function deepScenario(threshold: number, depth: number, seed = 1): Scenario {
  const chance = new Chance(seed);
  const trust: TrustBlock = {
    ...TRUST,
    witnessThreshold: threshold,
    witnesses: Array.from({ length: 2 * threshold - 1 }, (_, at) => fakeKey(`witness-${at + 1}`).publicKey),
  };
  return {
    ...HONEST,
    unit: { ...HONEST.unit, trust },
    witnesses: Array.from({ length: threshold }, (_, at) => at),
    trieOf: (entries) => deepTrie(entries, depth, () => chance.bytes(32)),
  };
}

export const deepBundle = (threshold: number, depth: number): Uint8Array => bundleOf(deepScenario(threshold, depth));
