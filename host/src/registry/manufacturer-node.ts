// SPDX-License-Identifier: Apache-2.0
import type { Contract } from "ethers";
import { eventsOf, read, transact } from "./transaction.ts";

/**
 * Mints a ManufacturerID and hands it to its controller; what is done already is not done again.
 *
 * @param nodes ManufacturerId, connected to an admin @returns the token id
 * @throws TRANSACTION_REVERTED, TRANSACTION_LOST, CHAIN_UNREACHABLE
 */
export async function mintManufacturer(
  nodes: Contract,
  { admin, controller, name }: { readonly admin: string; readonly controller: string; readonly name: string },
): Promise<bigint> {
  if (!(await read<boolean>(nodes, "isController", controller))) {
    await transact({ contract: nodes, method: "setController", args: [controller], event: "ControllerSet" });
  }
  const id = (await read<bigint>(nodes, "getManufacturerIdByName", name)) || (await mint(nodes, admin, name));
  if ((await read<string>(nodes, "ownerOf", id)) !== controller) {
    await transact({ contract: nodes, method: "transferFrom", args: [admin, controller, id], event: "Transfer" });
  }
  return id;
}

async function mint(nodes: Contract, admin: string, name: string): Promise<bigint> {
  const event = "ManufacturerNodeMinted";
  const receipt = await transact({ contract: nodes, method: "mintManufacturer", args: [admin, name, []], event });
  return eventsOf(receipt, nodes, event)[0]?.["tokenId"] as bigint;
}
