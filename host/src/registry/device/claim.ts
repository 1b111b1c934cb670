// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { ClaimRequest, RegistryBackend } from "../backend/backend.ts";
import { read, transact } from "../transaction.ts";
import { addressOf, type DeviceNode, type DeviceState, deviceState } from "./device.ts";
import { actDigest, type DeviceAct, requireSignature } from "./device-act.ts";
import { rehearse } from "./rehearse.ts";

/** Gives the unit's signature of an act: 65 bytes, hexadecimal. */
export type AskUnit = (act: DeviceAct, digest: string) => Promise<string>;

export interface ActContext {
  readonly backend: RegistryBackend;
  readonly chainId: bigint;
  readonly ask: AskUnit;
}

/**
 * Makes an account the owner of a device, with the unit's consent; what is done already is not done again.
 *
 * @param caller pays; on DIMO's registry the owner itself
 * @throws UNIT_REVOKED, PREFLIGHT, SIGNATURE_INVALID, TRANSACTION_REVERTED, TRANSACTION_LOST, REGISTRATION_MISMATCH
 */
export async function claimDevice(
  context: ActContext,
  { tokenId, manufacturerId }: DeviceNode,
  request: Omit<ClaimRequest, "tokenId"> & { readonly caller: string },
): Promise<DeviceState> {
  const { backend } = context;
  const { owner, caller, deadline } = request;
  const before = await deviceState(backend, `${tokenId}`);
  requireInUse(before);
  if (before.claimed && before.owner === owner) return before;
  if (before.claimed) throw refusal("an unclaimed device", { owner: before.owner });
  if (backend.name === "dimo" && owner !== caller) throw refusal("the owner's own key", { owner, caller });
  await requireApproval(backend, manufacturerId);
  await performAct(context, tokenId, await backend.claim({ tokenId, owner, deadline }));
  const after = await deviceState(backend, `${tokenId}`);
  if (!after.claimed || after.owner !== owner)
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { ...after } });
  return after;
}

/** @throws UNIT_REVOKED */
export function requireInUse({ revoked, address, tokenId }: DeviceState): void {
  if (revoked) throw new TouchmarkError("UNIT_REVOKED", { data: { address, tokenId: `${tokenId}` } });
}

/** Has the unit sign, holds the signature against the address on chain, sends it. */
export async function performAct(
  { backend, chainId, ask }: ActContext,
  tokenId: bigint,
  act: DeviceAct,
): Promise<void> {
  const { contract } = backend;
  const address = await addressOf(backend, tokenId);
  const digest = actDigest(act, chainId, String(contract.target));
  await rehearse(contract, act, digest);
  const signature = requireSignature(await ask(act, digest), digest, address);
  await transact({ contract, method: act.method, args: [...act.args, signature], event: act.event });
}

// DIMO's registry moves the manufacturer's token to its new owner: without approval every claim reverts.
async function requireApproval({ name, nodes, tokens, contract }: RegistryBackend, id: bigint): Promise<void> {
  if (name !== "dimo") return;
  const maker = await read<string>(nodes, "ownerOf", id);
  if (await read<boolean>(tokens, "isApprovedForAll", maker, contract.target)) return;
  throw refusal("approval", { owner: maker, operator: contract.target, remedy: "registry approve" });
}

export const refusal = (missing: string, data: Readonly<Record<string, unknown>>): TouchmarkError =>
  new TouchmarkError("PREFLIGHT", { data: { missing, ...data } });
