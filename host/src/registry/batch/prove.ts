// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { DeviceReads } from "../device/device.ts";
import { agreedNode } from "../proof/check-proved.ts";
import type { ProvedStorage } from "../proof/proved-storage.ts";
import type { ProvedBlock, RegistryProofs } from "../proof/registry-proofs.ts";
import { untilProved, type Wait } from "../proof/until-proved.ts";
import type { RegisteredUnit } from "../register.ts";
import type { BatchClient } from "./client.ts";
import { several } from "./several.ts";

/** Whose registrations, and how long to wait for witnesses. */
export interface ProofRun extends Pick<BatchClient, "manufacturerId" | "onProgress"> {
  readonly backend: DeviceReads;
  readonly terms: Wait;
}

/**
 * Each unit by the storage of a block that the witnesses vouch for.
 * @throws as untilProved and agreedNode; REGISTRATION_MISMATCH for a token that is another than was registered
 */
export async function requireProof(
  run: ProofRun,
  proofs: RegistryProofs,
  registered: readonly RegisteredUnit[],
): Promise<ProvedBlock> {
  let left = registered;
  return await untilProved(proofs, run.terms, async (storage) => {
    left = await unproved(run, storage, left);
    const step = left.length === 0 ? "proved" : "unproved";
    const units = left.length === 0 ? registered.length : left.length;
    run.onProgress?.({ step, block: storage.header.number, units });
    const [first] = left;
    return first && { address: first.address, units: left.length };
  });
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
