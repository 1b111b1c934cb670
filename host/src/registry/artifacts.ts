// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InterfaceAbi } from "ethers";
import { TouchmarkError } from "../errors.ts";

/** Folder and contract name below build/contracts/contracts, as `npm run compile` writes them. */
const sources = {
  Roles: "src/Roles.sol",
  ManufacturerId: "src/nodes/ManufacturerId.sol",
  LicenseProgramme: "src/license/LicenseProgramme.sol",
  DimoLicenseSource: "src/license/DimoLicenseSource.sol",
  OtaBoard: "src/board/OtaBoard.sol",
  DeviceRegistry: "src/registry/DeviceRegistry.sol",
  DevDimoToken: "dev/DevDimoToken.sol",
  DevVehicleId: "dev/DevVehicleId.sol",
  DevDimoRegistry: "dev/dimo/DevDimoRegistry.sol",
  DevDimoNodes: "dev/dimo/DevDimoNodes.sol",
  DevDimoDevices: "dev/dimo/DevDimoDevices.sol",
  DevDimoStake: "dev/dimo/DevDimoStake.sol",
  DevDimoCredit: "dev/dimo/DevDimoCredit.sol",
} as const;

export type ContractName = keyof typeof sources;

export interface Artifact {
  readonly abi: InterfaceAbi;
  /** Creation code, 0x-prefixed hex. */
  readonly bytecode: string;
  /** Code on chain, 0x-prefixed hex, with zeros for what the constructor sets. */
  readonly deployedBytecode: string;
  /** Where these stand, in bytes. */
  readonly immutableReferences: Readonly<
    Record<string, readonly { readonly start: number; readonly length: number }[]>
  >;
}

// host/src/registry and build/host/registry are equally deep.
const folder = join(import.meta.dirname, "../../../build/contracts/contracts");

/** ABI and creation code of a compiled contract. Throws FILE_MISSING before `npm run compile`. */
export function loadArtifact(name: ContractName): Artifact {
  const path = join(folder, sources[name], `${name}.json`);
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Artifact;
  } catch (cause) {
    throw new TouchmarkError("FILE_MISSING", { data: { path, hint: "npm run compile" }, cause });
  }
}
