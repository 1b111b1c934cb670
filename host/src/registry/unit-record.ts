// SPDX-License-Identifier: Apache-2.0
// What the chain says of a unit: its node, in both directions, and its maker's license.
import type { Contract } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { words } from "../protocol/generated.ts";
import { findDevice } from "./register.ts";
import { read } from "./transaction.ts";

export interface UnitContracts {
  readonly registry: Contract;
  readonly programme: Contract;
  readonly nodes: Contract;
}

export interface UnitRecord {
  readonly tokenId: bigint;
  readonly owner: string;
  readonly claimed: boolean;
  readonly maker: string;
  /** A name of `words.licenseStatus`. */
  readonly license: string;
  /** Unix seconds. */
  readonly licenseUntil: number;
  /** Unix seconds until which the licensee of today owes support; absent where he promised none. */
  readonly supportUntil?: number;
  /** The longest that a licensee before him owes it. */
  readonly formerSupportUntil?: number;
}

interface Support {
  readonly supportUntil: bigint;
  readonly formerSupportUntil: bigint;
}

/**
 * @param address lower case
 * @throws UNIT_NOT_REGISTERED, REGISTRATION_MISMATCH, UNIT_REVOKED, TRANSACTION_REVERTED, CHAIN_UNREACHABLE
 */
export async function unitRecord(
  { registry, programme, nodes }: UnitContracts,
  manufacturerId: bigint,
  address: string,
): Promise<UnitRecord> {
  const devices = { contract: registry, devices: String(registry.target) };
  const tokenId = (await findDevice(devices, manufacturerId, address))?.tokenId;
  if (tokenId === undefined) throw new TouchmarkError("UNIT_NOT_REGISTERED", { data: { address } });
  if (await read<boolean>(registry, "isDeviceRevoked", tokenId))
    throw new TouchmarkError("UNIT_REVOKED", { data: { address, tokenId: `${tokenId}` } });
  const [status, expiry] = await read<readonly [bigint, bigint, string]>(programme, "standing", manufacturerId);
  const { supportUntil, formerSupportUntil } = await read<Support>(programme, "licenseOf", manufacturerId);
  return {
    tokenId,
    owner: await read<string>(registry, "ownerOf", tokenId),
    claimed: await read<boolean>(registry, "isAftermarketDeviceClaimed", tokenId),
    maker: await read<string>(nodes, "getManufacturerNameById", manufacturerId),
    license: statusName(Number(status)),
    licenseUntil: Number(expiry),
    ...(supportUntil > 0n && { supportUntil: Number(supportUntil) }),
    ...(formerSupportUntil > 0n && { formerSupportUntil: Number(formerSupportUntil) }),
  };
}

function statusName(number: number): string {
  return Object.entries(words.licenseStatus).find(([, value]) => value === number)?.[0] ?? `unknown (${number})`;
}
