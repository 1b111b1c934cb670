// SPDX-License-Identifier: Apache-2.0
import { Contract, ContractFactory, type ContractRunner, getCreateAddress, type Signer } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { type ContractName, loadArtifact } from "./artifacts.ts";
import { read, transact, translated } from "./transaction.ts";

const DAY = 86_400;

/** Times in seconds, amounts in token units. */
export interface DeployOptions {
  /** Accounts of the roles; the deployer is admin. An auditor may be neither admin nor licensor. */
  readonly licensor: string;
  readonly auditors: { readonly hardware: string; readonly security: string; readonly experience: string };
  readonly treasury: string;
  /** An ERC-20 with permit; without one a token is deployed that anyone may mint. */
  readonly token?: string;
  /** The vehicles' ERC-721; without one a token is deployed that anyone may mint. */
  readonly vehicles?: string;
  readonly minStake?: bigint;
  /** Before a new OTA signer or root takes effect. */
  readonly boardNotice?: number;
  readonly unstakeNotice?: number;
  readonly slashNotice?: number;
  readonly curePeriod?: number;
  /** Before a new admin may accept. */
  readonly adminDelay?: number;
}

/** Addresses of one deployment. `registry` is the devices' ERC-721 as well. */
export interface Deployment {
  readonly roles: string;
  readonly token: string;
  readonly vehicles: string;
  readonly nodes: string;
  readonly programme: string;
  readonly board: string;
  readonly registry: string;
}

const defaults = {
  minStake: 100_000n * 10n ** 18n,
  boardNotice: 7 * DAY,
  unstakeNotice: 30 * DAY,
  slashNotice: 14 * DAY,
  curePeriod: 30 * DAY,
  adminDelay: 2 * DAY,
};

/** A deployed contract by its name here. */
export function contractAt(name: ContractName, address: string, runner: ContractRunner): Contract {
  return new Contract(address, loadArtifact(name).abi, runner);
}

async function create(deployer: Signer, name: ContractName, args: readonly unknown[] = []): Promise<string> {
  const { abi, bytecode } = loadArtifact(name);
  const factory = new ContractFactory(abi, bytecode, deployer);
  return await translated(async () => {
    const contract = await factory.deploy(...args);
    await contract.waitForDeployment();
    return await contract.getAddress();
  }, factory.interface);
}

async function grantRoles(deployer: Signer, address: string, options: DeployOptions): Promise<void> {
  const roles = contractAt("Roles", address, deployer);
  const grants: [role: string, account: string][] = [
    [await read<string>(roles, "LICENSOR"), options.licensor],
    [await read<string>(roles, "auditorRole", 0), options.auditors.hardware],
    [await read<string>(roles, "auditorRole", 1), options.auditors.security],
    [await read<string>(roles, "auditorRole", 2), options.auditors.experience],
  ];
  for (const [role, account] of grants) await transact({ contract: roles, method: "grantRole", args: [role, account] });
}

/**
 * Deploys all contracts. Programme and board are immutable about each other, so the board's address is computed from
 * the deployer's nonce before the programme is created.
 *
 * @throws USAGE, TRANSACTION_REVERTED, CHAIN_UNREACHABLE; TRANSACTION_LOST where another transaction of the deployer
 * came between
 */
export async function deploy(deployer: Signer, options: DeployOptions): Promise<Deployment> {
  const { minStake, boardNotice, unstakeNotice, slashNotice, curePeriod, adminDelay } = { ...defaults, ...options };
  const from = await deployer.getAddress();
  const roles = await create(deployer, "Roles", [adminDelay, from, options.treasury]);
  await grantRoles(deployer, roles, options);
  const token = options.token ?? (await create(deployer, "DevDimoToken"));
  const vehicles = options.vehicles ?? (await create(deployer, "DevVehicleId"));
  const nodes = await create(deployer, "ManufacturerId", [roles]);

  const expected = getCreateAddress({ from, nonce: (await deployer.getNonce()) + 1 });
  const programme = await create(deployer, "LicenseProgramme", [
    [roles, nodes, token, expected],
    [unstakeNotice, slashNotice, curePeriod],
    minStake,
  ]);
  const board = await create(deployer, "OtaBoard", [nodes, programme, boardNotice]);
  if (board !== expected) throw new TouchmarkError("TRANSACTION_LOST", { data: { expected, board } });

  const registry = await create(deployer, "DeviceRegistry", [[roles, nodes, programme, vehicles]]);
  return { roles, token, vehicles, nodes, programme, board, registry };
}

/** DIMO's side of a board: its ManufacturerId and its Stake. */
export interface DimoLicense {
  readonly nodes: string;
  readonly stake: string;
}

/** A board over the license that DIMO's Stake holds. @throws USAGE, TRANSACTION_REVERTED, CHAIN_UNREACHABLE */
export async function deployDimoBoard(
  deployer: Signer,
  { nodes, stake }: DimoLicense,
  boardNotice = defaults.boardNotice,
): Promise<string> {
  const source = await create(deployer, "DimoLicenseSource", [nodes, stake]);
  return await create(deployer, "OtaBoard", [nodes, source, boardNotice]);
}
