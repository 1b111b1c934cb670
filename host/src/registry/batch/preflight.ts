// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { words } from "../../protocol/generated.ts";
import { read } from "../transaction.ts";
import { ask, type BatchClient, nonceAt, quantity } from "./client.ts";

// DIMO's privilege of a manufacturer node.
const MINT_DEVICES = 1n;

interface Terms {
  readonly status: bigint;
  /** Unix seconds. */
  readonly expiry: bigint;
  readonly owner: string;
  readonly quota: bigint;
  readonly modelValidUntil: bigint;
}

/**
 * What would refuse every unit alike, asked before anything is sent.
 *
 * @param count units that are not registered yet
 * @throws PREFLIGHT, MODEL_NOT_CERTIFIED, CHAIN_UNREACHABLE
 */
export async function preflight(client: BatchClient, count: number): Promise<void> {
  const { contract, programme, nodes, manufacturerId } = client;
  const account = await client.account.getAddress();
  const model = await read<string>(contract, "mintModel", manufacturerId);
  const terms = await read<Terms>(programme, "registrationTerms", manufacturerId, model);
  const { timestamp } = (await ask(client, "eth_getBlockByNumber", "latest", false)) as { readonly timestamp: unknown };
  const now = quantity(timestamp);

  const privileged =
    terms.owner === account || (await read<boolean>(nodes, "hasPrivilege", manufacturerId, MINT_DEVICES, account));
  if (!privileged) throw missing("privilege", { account, owner: terms.owner });
  if (terms.status !== BigInt(words.licenseStatus.active) || terms.expiry <= now)
    throw missing("license in force", { status: `${terms.status}`, expiry: `${terms.expiry}` });
  if (terms.modelValidUntil <= now)
    throw new TouchmarkError("MODEL_NOT_CERTIFIED", { data: { model, validUntil: `${terms.modelValidUntil}` } });
  const used = await read<bigint>(contract, "unitsRegistered", manufacturerId);
  if (used + BigInt(count) > terms.quota) throw missing("quota", { quota: `${terms.quota}`, used: `${used}`, count });
  const [final, pending] = [await nonceAt(client, "latest"), await nonceAt(client, "pending")];
  if (pending > final) throw missing("an account without pending transactions", { account, next: final, pending });
}

const missing = (what: string, data: Readonly<Record<string, unknown>>): TouchmarkError =>
  new TouchmarkError("PREFLIGHT", { data: { missing: what, ...data } });
