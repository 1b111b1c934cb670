// SPDX-License-Identifier: Apache-2.0
import { commitmentSlot, decodeUnitWord, isTaken, takenSlot, unitSlot } from "../../protocol/registry-storage.ts";
import type { DeviceReads } from "../device/device.ts";
import { askedRoot, type RootView } from "../roots/check-root.ts";
import { commitmentOf } from "../roots/commit-root.ts";
import type { RootFile } from "../roots/root-file.ts";
import { asOf } from "./as-of.ts";
import { requireSame } from "./contradiction.ts";
import type { ProvedStorage } from "./proved-storage.ts";
import type { ProvedBlock, RegistryProofs } from "./registry-proofs.ts";
import { untilProved, type Wait } from "./until-proved.ts";

/** As the registry's storage has it, and the node says as well. Its methods throw NODE_CONTRADICTED where it does not. */
export function provedRoot(storage: ProvedStorage, reads: DeviceReads, file: RootFile): RootView {
  const asked = askedRoot(asOf(reads, storage.header.number), file);
  const { batchId } = file;
  const place = [BigInt(file.manufacturerId), BigInt(batchId)] as const;
  const word = async (slot: Uint8Array): Promise<bigint> => (await storage.words([slot]))[0] ?? 0n;
  const same = <T>(of: object, answered: T, proved: T): T => {
    requireSame(storage, { batchId, ...of }, { value: answered }, { value: proved });
    return proved;
  };
  return {
    commitment: async () => {
      const proved = await word(commitmentSlot(...place));
      return same({ what: "root" }, await asked.commitment(), proved);
    },
    isTaken: async (index) => {
      const proved = isTaken(await word(takenSlot(...place, index)), index);
      return same({ what: "leaf taken", index }, await asked.isTaken(index), proved);
    },
    isUsed: async (address) => {
      const proved = decodeUnitWord(await word(unitSlot(BigInt(address)))).state !== "absent";
      return same({ what: "address used", address }, await asked.isUsed(address), proved);
    },
  };
}

/** The root's word at a block that the witnesses vouch for. @throws as untilProved */
export async function requireRootProof(
  proofs: RegistryProofs,
  reads: DeviceReads,
  file: RootFile,
  wait: Wait,
): Promise<ProvedBlock> {
  const wanted = commitmentOf(file);
  return await untilProved(proofs, wait, async (storage) => {
    const stands = await provedRoot(storage, reads, file).commitment();
    return stands === wanted ? undefined : { batchId: file.batchId };
  });
}
