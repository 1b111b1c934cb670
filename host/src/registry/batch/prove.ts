// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import type { DeviceReads } from "../device/device.ts";
import { agreedNode } from "../proof/check-proved.ts";
import type { ProvedStorage } from "../proof/proved-storage.ts";
import { openRegistry, type ProvedBlock, provedBlock, type RegistryProofs } from "../proof/registry-proofs.ts";
import type { RegisteredUnit } from "../register.ts";
import { ATTEMPTS, type BatchClient, type BatchTerms } from "./client.ts";
import { several } from "./several.ts";

/** Whose registrations, and how long to wait for witnesses. */
export interface ProofRun extends Pick<BatchClient, "manufacturerId" | "onProgress"> {
  readonly backend: DeviceReads;
  readonly terms: Pick<BatchTerms, "poll" | "patience">;
}

/**
 * Each unit by the storage of a block that the witnesses vouch for. They are some blocks behind: asks until one of
 * theirs has all units.
 *
 * @throws NODE_CONTRADICTED, PROOF_*, ACCOUNT_* naming the node; REGISTRATION_NOT_PROVED past the patience;
 * REGISTRATION_MISMATCH, WITNESSES_DISAGREE, CHAIN_DISAGREES, CHAIN_UNREACHABLE
 */
export async function requireProof(
  client: ProofRun,
  proofs: RegistryProofs,
  registered: readonly RegisteredUnit[],
): Promise<ProvedBlock> {
  const { poll, patience } = client.terms;
  let left = registered;
  let last: ProvedStorage | undefined;
  for (const started = Date.now(); ; await sleep(poll)) {
    const storage = await open(proofs, poll);
    if (storage.header.number !== last?.header.number) {
      last = storage;
      left = await unproved(client, storage, left);
      const step = left.length === 0 ? "proved" : "unproved";
      const units = left.length === 0 ? registered.length : left.length;
      client.onProgress?.({ step, block: storage.header.number, units });
    }
    const proved = provedBlock(storage, proofs, BigInt(Math.floor(Date.now() / 1000)));
    if (left.length === 0) return proved;
    if (Date.now() - started < patience) continue;
    const [first] = left;
    const data = { node: storage.node.name, address: first?.address, units: left.length, ...proved };
    throw new TouchmarkError("REGISTRATION_NOT_PROVED", { data });
  }
}

/** Those that neither proof nor node know at this block. */
async function unproved(
  { backend, manufacturerId }: ProofRun,
  storage: ProvedStorage,
  units: readonly RegisteredUnit[],
): Promise<RegisteredUnit[]> {
  const nodes = await several(units, ({ address }) => agreedNode(storage, backend, manufacturerId, address));
  return units.filter(({ address, tokenId }, at) => {
    const proved = nodes[at]?.tokenId;
    if (proved === undefined || proved === tokenId) return proved === undefined;
    throw new TouchmarkError("REGISTRATION_MISMATCH", {
      data: { address, tokenId: `${tokenId}`, proved: `${proved}` },
    });
  });
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
