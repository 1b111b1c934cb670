// SPDX-License-Identifier: Apache-2.0
// DIMO's registry routes by selector, and a call of one that it does not know succeeds with empty data: so every view
// has to answer, and every act that cannot succeed has to revert.
import { type Contract, ZeroAddress, ZeroHash } from "ethers";
import { isTouchmarkError, TouchmarkError } from "../../errors.ts";
import { read } from "../transaction.ts";

const VIEWS: readonly (readonly [method: string, ...args: unknown[]])[] = [
  ["getAftermarketDeviceIdByAddress", ZeroAddress],
  ["getAftermarketDeviceAddressById", 0n],
  ["isAftermarketDeviceClaimed", 0n],
  ["getParentNode", ZeroAddress, 0n],
  ["getInfo", ZeroAddress, 0n, ""],
  ["getLink", ZeroAddress, 0n],
  ["getManufacturerLicense"],
  ["getDimoCredit"],
  ["getDcxOperationCost", ZeroHash],
];

// Node 0 does not exist.
const ACTS: readonly (readonly [method: string, ...args: unknown[]])[] = [
  ["mintAftermarketDeviceByManufacturerBatch", 0n, []],
  ["claimAftermarketDevice", 0n, "0x"],
  ["pairAftermarketDeviceWithAdSig", 0n, 0n, "0x"],
  ["unpairAftermarketDevice", 0n, 0n],
  ["resetAftermarketDeviceAddressByManufacturerBatch", [{ aftermarketDeviceNodeId: 0n, deviceAddress: ZeroAddress }]],
  ["reprovisionAftermarketDeviceByManufacturerBatch", [0n]],
];

/** @throws CONTRACT_SILENT naming what is not there, CHAIN_UNREACHABLE */
export async function probeRegistry(registry: Contract): Promise<void> {
  for (const [method, ...args] of VIEWS) await read(registry, method, ...args);
  for (const [method, ...args] of ACTS) {
    if (!(await reverts(registry, method, args)))
      throw new TouchmarkError("CONTRACT_SILENT", { data: { contract: registry.target, method } });
  }
}

async function reverts(registry: Contract, method: string, args: readonly unknown[]): Promise<boolean> {
  try {
    await read(registry, method, ...args);
    return false;
  } catch (error) {
    if (isTouchmarkError(error, "TRANSACTION_REVERTED")) return true;
    throw error;
  }
}
