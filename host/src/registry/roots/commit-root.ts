// SPDX-License-Identifier: Apache-2.0
import { AbiCoder, type Contract, keccak256 } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { type RegistryBackend, requireAll } from "../backend/backend.ts";
import { read, transact } from "../transaction.ts";
import type { RootFile } from "./root-file.ts";

/** The registry's struct. */
export function batchOf({ manufacturerId, batchId, model, count, root }: RootFile) {
  return { id: BigInt(manufacturerId), batchId: BigInt(batchId), model, count, root };
}

/** DIMO's registry has no place for it. @throws PREFLIGHT */
export function requireRoots({ name }: RegistryBackend): void {
  if (name !== "touchmark")
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "batch roots: DIMO's registry does not see them" } });
}

/**
 * Commits a batch in one transaction, once; what stands there already under this number has to be the same.
 * @throws PREFLIGHT, TRANSACTION_REVERTED, TRANSACTION_LOST, REGISTRATION_MISMATCH, CHAIN_UNREACHABLE
 */
export async function commitRoot(
  backend: RegistryBackend,
  file: RootFile,
  { account, now }: { readonly account: string; readonly now: bigint },
): Promise<{ readonly again: boolean }> {
  requireRoots(backend);
  const { contract } = backend;
  if (await isCommitted(contract, file)) return { again: true };
  const { manufacturerId, count, model } = file;
  const asked = { manufacturerId: BigInt(manufacturerId), account, count, now };
  // The batch names its model itself.
  requireAll((await backend.requirements(asked)).filter(({ what }) => what !== "hardware certificate"));
  await requireUnused(contract, file);
  await transact({ contract, method: "commitBatch", args: [batchOf(file)], event: "BatchCommitted" });
  if (!(await isCommitted(contract, file)))
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { batchId: file.batchId, model } });
  return { again: false };
}

async function isCommitted(contract: Contract, file: RootFile): Promise<boolean> {
  const stands = await read<string>(contract, "batchCommitment", file.manufacturerId, file.batchId);
  if (BigInt(stands) === 0n) return false;
  const { batchId } = file;
  if (BigInt(stands) !== commitmentOf(file))
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "a new batch number", batchId } });
  return true;
}

/** The batch's word on chain. */
export function commitmentOf({ model, count, root }: RootFile): bigint {
  return BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint32", "bytes32"], [model, count, root])));
}

// A unit that has a node could never be claimed from the batch, and would be charged to the quota twice.
async function requireUnused(contract: Contract, { units }: RootFile): Promise<void> {
  for (const { address } of units)
    if (await read<boolean>(contract, "isAddressUsed", address))
      throw new TouchmarkError("PREFLIGHT", { data: { missing: "an unused address", address } });
}
