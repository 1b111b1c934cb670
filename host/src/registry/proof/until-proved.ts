// SPDX-License-Identifier: Apache-2.0
// Witnesses are some blocks behind the newest: what was just done is proved at one of their next.
import { setTimeout as sleep } from "node:timers/promises";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { ATTEMPTS, type BatchTerms } from "../batch/client.ts";
import type { ProvedStorage } from "./proved-storage.ts";
import { openRegistry, type ProvedBlock, provedBlock, type RegistryProofs } from "./registry-proofs.ts";

export type Wait = Pick<BatchTerms, "poll" | "patience">;

/**
 * Asks at each new block that the witnesses agree on, until nothing is missing there.
 *
 * @param missing what the block does not have yet, for the refusal; undefined: all is there
 * @throws REGISTRATION_NOT_PROVED past the patience; WITNESSES_DISAGREE, CHAIN_DISAGREES, CHAIN_UNREACHABLE where they
 * stay; PROOF_*, ACCOUNT_*, NODE_CONTRADICTED; what `missing` throws
 */
export async function untilProved(
  proofs: RegistryProofs,
  { poll, patience }: Wait,
  missing: (storage: ProvedStorage) => Promise<Readonly<Record<string, unknown>> | undefined>,
): Promise<ProvedBlock> {
  const started = Date.now();
  let storage = await open(proofs, poll);
  for (;;) {
    const left = await missing(storage);
    const proved = provedBlock(storage, proofs, BigInt(Math.floor(Date.now() / 1000)));
    if (left === undefined) return proved;
    const { number } = storage.header;
    while (storage.header.number === number) {
      if (Date.now() - started >= patience) {
        const data = { node: storage.node.name, ...left, ...proved };
        throw new TouchmarkError("REGISTRATION_NOT_PROVED", { data });
      }
      await sleep(poll);
      storage = await open(proofs, poll);
    }
  }
}

const PASSING = ["WITNESSES_DISAGREE", "CHAIN_DISAGREES", "CHAIN_UNREACHABLE"] as const;

// Witnesses move on one by one, and a node may be behind them.
async function open(proofs: RegistryProofs, poll: number): Promise<ProvedStorage> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openRegistry(proofs);
    } catch (error) {
      const passing = PASSING.some((code) => isTouchmarkError(error, code));
      if (attempt === ATTEMPTS || !passing) throw error;
    }
    await sleep(poll);
  }
}
