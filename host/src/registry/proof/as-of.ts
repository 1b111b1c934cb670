// SPDX-License-Identifier: Apache-2.0
import type { Contract, ContractRunner } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { DeviceReads } from "../device/device.ts";

/** The same reads at one block: what a node answers there can be held against what is proved there. */
export function asOf<T extends DeviceReads>({ contract, devices, tokens }: T, block: bigint): DeviceReads {
  return { contract: at(contract, block), devices, tokens: at(tokens, block) };
}

function at(contract: Contract, block: bigint): Contract {
  const provider = contract.runner?.provider;
  if (!provider) throw new TouchmarkError("INTERNAL", { data: { what: "provider" } });
  const runner: ContractRunner = { provider, call: (request) => provider.call({ ...request, blockTag: block }) };
  return contract.connect(runner) as Contract;
}
