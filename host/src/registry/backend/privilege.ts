// SPDX-License-Identifier: Apache-2.0
import type { Contract } from "ethers";
import { read } from "../transaction.ts";
import type { Requirement } from "./backend.ts";

/** DIMO's privileges of a manufacturer's node. */
export const privileges = { mint: 1n, claim: 2n, reset: 3n, reprovision: 4n } as const;

/** The node's owner may mint, and whom it lets, until then. */
export async function mintPrivilege(
  nodes: Contract,
  {
    manufacturerId,
    account,
    owner,
  }: { readonly manufacturerId: bigint; readonly account: string; readonly owner: string },
): Promise<Requirement> {
  const met =
    owner === account || (await read<boolean>(nodes, "hasPrivilege", manufacturerId, privileges.mint, account));
  return { what: "privilege", met, data: { privilege: `${privileges.mint}`, account, owner } };
}
