// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { DeviceReads } from "../device/device.ts";
import { agreedNode } from "./check-proved.ts";
import { openRegistry, type ProvedBlock, provedBlock, type RegistryProofs } from "./registry-proofs.ts";

export interface UnitQuestion {
  readonly manufacturerId: bigint;
  /** Lower case. */
  readonly address: string;
}

/**
 * A unit that the registry has and that was not scrapped, at the newest block that the witnesses agree on.
 * @param now unix seconds
 * @throws REGISTRATION_NOT_PROVED, UNIT_REVOKED, REGISTRATION_MISMATCH; as openRegistry and agreedNode
 */
export async function proveUnit(
  proofs: RegistryProofs,
  reads: DeviceReads,
  { manufacturerId, address }: UnitQuestion,
  now: bigint,
): Promise<ProvedBlock> {
  const storage = await openRegistry(proofs);
  const proved = provedBlock(storage, proofs, now);
  const node = await agreedNode(storage, reads, manufacturerId, address);
  if (node === undefined) throw new TouchmarkError("REGISTRATION_NOT_PROVED", { data: { address, ...proved } });
  if (node.state === "revoked") throw new TouchmarkError("UNIT_REVOKED", { data: { address, ...proved } });
  return proved;
}
