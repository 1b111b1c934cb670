// SPDX-License-Identifier: Apache-2.0
// A unit by proof, and by a node's word at the same block: one of them is enough, and where both differ the node lies.
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { type CheckedUnit, faultsOf, type ListedUnit } from "../device/check.ts";
import { type DeviceReads, type DeviceState, deviceState, resolveDevice } from "../device/device.ts";
import { asOf } from "./as-of.ts";
import { requireSame } from "./contradiction.ts";
import { type ProvedNode, provedDevice, provedNode } from "./proved-device.ts";
import type { ProvedStorage } from "./proved-storage.ts";

/**
 * `checkUnit`, proved.
 * @throws NODE_CONTRADICTED; PROOF_*, ACCOUNT_*, WORD_MALFORMED naming the node; CHAIN_UNREACHABLE
 */
export async function checkProvedUnit(
  storage: ProvedStorage,
  reads: DeviceReads,
  manufacturerId: bigint,
  unit: ListedUnit,
): Promise<CheckedUnit> {
  const { address } = unit;
  const proved = await provedDevice(storage, address);
  const { state, ...device } = proved ?? { state: undefined };
  const answered = await answerOf(storage, address, () => deviceState(asOf(reads, storage.header.number), address));
  const known = proved === undefined ? undefined : (device as DeviceState);
  requireSame(storage, { address }, answered && { ...answered }, known && { ...known });
  return { address, device: known, faults: faultsOf(known, unit, manufacturerId), proved: state ?? "absent" };
}

/**
 * The node of an address that both proof and node know; undefined where both know none.
 * @throws as checkProvedUnit; REGISTRATION_MISMATCH for another manufacturer's
 */
export async function agreedNode(
  storage: ProvedStorage,
  reads: DeviceReads,
  manufacturerId: bigint,
  address: string,
): Promise<ProvedNode | undefined> {
  const proved = await provedNode(storage, address);
  const answered = await answerOf(storage, address, () => resolveDevice(asOf(reads, storage.header.number), address));
  const { owner: _owner, state: _state, ...known } = proved ?? {};
  requireSame(storage, { address }, answered && { ...answered }, proved && known);
  if (proved && proved.manufacturerId !== manufacturerId) {
    const data = { address, tokenId: `${proved.tokenId}`, parent: `${proved.manufacturerId}` };
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data });
  }
  return proved;
}

// Where our registry names a token, the token names the address: an answer that says otherwise is none of it.
async function answerOf<T>(
  { node, header }: ProvedStorage,
  address: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (cause) {
    if (isTouchmarkError(cause, "PREFLIGHT")) return undefined;
    if (!isTouchmarkError(cause, "REGISTRATION_MISMATCH")) throw cause;
    const data = { node: node.name, block: `${header.number}`, address, answered: cause.data };
    throw new TouchmarkError("NODE_CONTRADICTED", { data, cause });
  }
}
