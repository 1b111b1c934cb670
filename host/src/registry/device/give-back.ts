// SPDX-License-Identifier: Apache-2.0
// Devices that come back: given by their owner, or taken by their manufacturer.
import { AbstractSigner } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { eventsOf, read, transact } from "../transaction.ts";
import { refusal } from "./claim.ts";
import { type DeviceNode, type DeviceState, deviceState } from "./device.ts";

/**
 * Its owner gives a device back to the manufacturer. On DIMO's registry this unpairs it, and every claim that the unit
 * has ever signed for this token works again.
 */
export async function giveBack(backend: RegistryBackend, { tokenId }: DeviceNode): Promise<DeviceState> {
  const before = await deviceState(backend, `${tokenId}`);
  if (!before.claimed) return before;
  await transact(backend.giveBack(tokenId));
  const after = await deviceState(backend, `${tokenId}`);
  if (after.claimed) throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { ...after } });
  return after;
}

/**
 * The manufacturer takes a device back. DIMO's registry does so without its owner's consent: it burns the token, with its
 * pairing, and gives the address a new one.
 *
 * Our registry asks for that consent; a device that nobody has claimed is the manufacturer's already.
 *
 * @param claimed its owner knows @throws PREFLIGHT for a claimed one without that, or without his consent on chain
 */
export async function reprovision(
  backend: RegistryBackend,
  { tokenId, address, manufacturerId }: DeviceNode,
  claimed: boolean,
): Promise<DeviceState> {
  const { contract, name } = backend;
  const before = await deviceState(backend, `${tokenId}`);
  const maker = await read<string>(backend.nodes, "ownerOf", manufacturerId);
  if (before.owner !== maker && !claimed) throw refusal("the owner's consent: --claimed", { owner: before.owner });
  if (name === "touchmark" && !before.claimed) return before;
  if (name === "touchmark") await requireConsent(backend, before);
  const event = name === "dimo" ? "AftermarketDeviceNodeMinted" : "AftermarketDeviceUnclaimed";
  const method = "reprovisionAftermarketDeviceByManufacturerBatch";
  const receipt = await transact({ contract, method, args: [[tokenId]], event });
  const minted = eventsOf(receipt, contract, "AftermarketDeviceNodeMinted").find(
    ({ aftermarketDeviceAddress: of }) => String(of).toLowerCase() === address,
  );
  const after = await deviceState(backend, address);
  if (after.claimed || after.tokenId !== (minted?.["tokenId"] ?? tokenId))
    throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { ...after } });
  return after;
}

// As ERC-721 has it: the token's owner, whom he approved for it, his operators.
async function requireConsent({ contract, tokens }: RegistryBackend, { tokenId, owner }: DeviceState): Promise<void> {
  const { runner } = contract;
  const sender = runner instanceof AbstractSigner ? await runner.getAddress() : owner;
  const [approved, isOperator] = await Promise.all([
    read<string>(tokens, "getApproved", tokenId),
    read<boolean>(tokens, "isApprovedForAll", owner, sender),
  ]);
  if (sender === owner || sender === approved || isOperator) return;
  throw refusal(`the owner's consent: touchmark registry consent ${tokenId} ${sender}`, { owner });
}
