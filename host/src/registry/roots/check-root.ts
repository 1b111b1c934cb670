// SPDX-License-Identifier: Apache-2.0
// A root file against a registry: the batch's word there, each unit's way to the root, and what became of its leaf.
import { batchProofFault } from "../../protocol/batch-tree.ts";
import { fromHex } from "../../protocol/bytes.ts";
import { several } from "../batch/several.ts";
import type { DeviceReads } from "../device/device.ts";
import { read } from "../transaction.ts";
import { commitmentOf } from "./commit-root.ts";
import { leafOf, type ProvedUnit, type RootFile } from "./root-file.ts";

/** What a registry says of a batch. */
export interface RootView {
  /** 0: there is no such batch. */
  commitment(): Promise<bigint>;
  /** Whether the leaf was claimed or revoked. */
  isTaken(index: number): Promise<boolean>;
  /** Whether the address ever was a unit's. */
  isUsed(address: string): Promise<boolean>;
}

export interface CheckedLeaf {
  readonly address: string;
  readonly index: number;
  readonly leaf: "open" | "claimed" | "revoked";
  /** What is not as the file says; empty where all is. */
  readonly faults: readonly string[];
}

/** @throws CHAIN_UNREACHABLE, and what the view throws */
export async function checkRoot(view: RootView, file: RootFile): Promise<CheckedLeaf[]> {
  const commitment = await view.commitment();
  const ofBatch = commitment === 0n ? ["no such batch"] : [];
  if (commitment !== 0n && commitment !== commitmentOf(file)) ofBatch.push("another batch under this number");
  return await several(file.units, async (unit) => {
    const [taken, used] = [await view.isTaken(unit.index), await view.isUsed(unit.address)];
    const faults = [...ofBatch, ...proofFaults(file, unit)];
    if (used && !taken) faults.push("registered beside its batch");
    const leaf = taken ? (used ? "claimed" : "revoked") : "open";
    return { address: unit.address, index: unit.index, leaf, faults };
  });
}

function proofFaults(file: RootFile, unit: ProvedUnit): string[] {
  const fault = batchProofFault(
    fromHex(file.root),
    file.count,
    unit.index,
    leafOf(file, unit),
    unit.proof.map(fromHex),
  );
  return fault === undefined ? [] : [fault];
}

/** As a node answers. */
export function askedRoot({ contract }: Pick<DeviceReads, "contract">, file: RootFile): RootView {
  const of = [file.manufacturerId, file.batchId];
  return {
    commitment: async () => BigInt(await read<string>(contract, "batchCommitment", ...of)),
    isTaken: (index) => read<boolean>(contract, "isBatchUnitTaken", ...of, index),
    isUsed: (address) => read<boolean>(contract, "isAddressUsed", address),
  };
}
