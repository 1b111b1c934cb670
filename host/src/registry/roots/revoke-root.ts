// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { reasonWord } from "../device/revoke.ts";
import { type Call, read } from "../transaction.ts";
import { batchOf, requireRoots } from "./commit-root.ts";
import type { RootFile } from "./root-file.ts";

export interface LeafRevocation {
  readonly address: string;
  readonly reason: string;
}

/**
 * Ends a unit of a batch that nobody has claimed, for good; it never gets a node.
 * @returns its place in the batch, and the call that ends it
 * @throws PREFLIGHT, USAGE for a long reason, TRANSACTION_REVERTED where the unit does not stand in the batch
 */
export async function leafRevocation(
  backend: RegistryBackend,
  file: RootFile,
  { address, reason }: LeafRevocation,
): Promise<{ readonly index: number; readonly call: Call }> {
  requireRoots(backend);
  const { contract } = backend;
  const found = file.units.find((unit) => unit.address === address);
  if (found === undefined)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the unit in this batch", address } });
  const { address: device, ...rest } = found;
  // The contract takes an index alone: the proof says that this index is this unit's.
  await read(contract, "verifyBatchUnit", batchOf(file), { ...rest, device });
  const args = [batchOf(file), found.index, reasonWord(reason)];
  return { index: found.index, call: { contract, method: "revokeBatchUnit", args, event: "BatchUnitRevoked" } };
}
