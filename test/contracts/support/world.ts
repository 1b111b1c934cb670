// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract, ContractTransactionReceipt, ContractTransactionResponse, Signer } from "ethers";
import { contractAt, type Deployment, type DeployOptions, deploy } from "../../../host/src/registry/deploy.ts";
import { ethers } from "./chain.ts";
import { revertOf } from "./reverts.ts";

export const MIN_STAKE = 100_000n * 10n ** 18n;

const ACCOUNTS = [
  "admin",
  "licensor",
  "hardwareAuditor",
  "securityAuditor",
  "experienceAuditor",
  "treasury",
  "maker",
  "rival",
  "line",
  "announcer",
  "otaSigner",
  "owner",
  "stranger",
] as const;

export type Account = (typeof ACCOUNTS)[number];
export const accountNames: readonly Account[] = ACCOUNTS;

const CONTRACTS = {
  roles: "Roles",
  token: "DevDimoToken",
  vehicles: "DevVehicleId",
  nodes: "ManufacturerId",
  programme: "LicenseProgramme",
  board: "OtaBoard",
  registry: "DeviceRegistry",
} as const;

export type Part = keyof typeof CONTRACTS;

/** A function of a deployed contract: "registry.commitBatch". */
export type Path = `${Part}.${string}`;

export type Receipt = ContractTransactionReceipt;

/** Everything deployed, every role held by an account of its own. */
export class World {
  readonly deployment: Deployment;
  readonly #signers: ReadonlyMap<Account, Signer & { address: string }>;
  readonly #contracts: ReadonlyMap<Part, Contract>;

  private constructor(deployment: Deployment, signers: ReadonlyMap<Account, Signer & { address: string }>) {
    this.deployment = deployment;
    this.#signers = signers;
    this.#contracts = new Map(
      (Object.keys(CONTRACTS) as Part[]).map((part) => [
        part,
        contractAt(CONTRACTS[part], deployment[part], ethers.provider),
      ]),
    );
  }

  static async deploy(change: Partial<DeployOptions> = {}): Promise<World> {
    const all = await ethers.getSigners();
    const signers = new Map(ACCOUNTS.flatMap((name, index) => (all[index] ? [[name, all[index]] as const] : [])));
    const address = (name: Account): string => signers.get(name)?.address ?? "";
    const admin = signers.get("admin");
    if (!admin) throw new Error("the chain has no accounts");
    const deployment = await deploy(admin, {
      licensor: address("licensor"),
      auditors: {
        hardware: address("hardwareAuditor"),
        security: address("securityAuditor"),
        experience: address("experienceAuditor"),
      },
      treasury: address("treasury"),
      minStake: MIN_STAKE,
      ...change,
    });
    return new World(deployment, signers);
  }

  signer(account: Account): Signer & { address: string } {
    const signer = this.#signers.get(account);
    if (!signer) throw new Error(`no account ${account}`);
    return signer;
  }

  address(account: Account): string {
    return this.signer(account).address;
  }

  contract(part: Part): Contract {
    const contract = this.#contracts.get(part);
    if (!contract) throw new Error(`no contract ${part}`);
    return contract;
  }

  #method(path: Path, account?: Account) {
    const [part, name] = path.split(".") as [Part, string];
    const runner = account ? this.signer(account) : ethers.provider;
    return this.contract(part).connect(runner).getFunction(name);
  }

  async read<T>(path: Path, ...args: readonly unknown[]): Promise<T> {
    return (await this.#method(path).staticCall(...args)) as T;
  }

  async send(account: Account, path: Path, ...args: readonly unknown[]): Promise<Receipt> {
    const sent = (await this.#method(path, account)(...args)) as ContractTransactionResponse;
    const receipt = await sent.wait();
    if (!receipt) throw new Error(`${path} has no receipt`);
    return receipt;
  }

  /** Runs a function without sending it: what would become of it now? */
  async dryRun(account: Account, path: Path, ...args: readonly unknown[]): Promise<unknown> {
    return await this.#method(path, account).staticCall(...args);
  }

  /** Name of the custom error that the call would revert with, "" where it would go through. */
  async outcome(account: Account, path: Path, ...args: readonly unknown[]): Promise<string> {
    let through = true;
    const run = this.dryRun(account, path, ...args).catch((error: unknown) => {
      through = false;
      throw error;
    });
    const error = await revertOf(run, this.#interfaces()).catch((reason: unknown) => {
      if (through) return undefined;
      throw reason;
    });
    return error?.name ?? "";
  }

  /** The call reverts with this custom error and, where given, these leading arguments. */
  async refuses(
    account: Account,
    path: Path,
    args: readonly unknown[],
    error: string,
    errorArgs: readonly unknown[] = [],
  ): Promise<void> {
    const revert = await revertOf(this.dryRun(account, path, ...args), this.#interfaces());
    expect(revert.name).to.equal(error);
    for (const [index, wanted] of errorArgs.entries()) {
      const value = typeof wanted === "number" ? BigInt(wanted) : wanted;
      expect(revert.args[index], `argument ${index} of ${error}`).to.equal(value);
    }
  }

  /** Arguments of the events of this name in a receipt. */
  events(receipt: Receipt, path: Path): Record<string, unknown>[] {
    const [part, name] = path.split(".") as [Part, string];
    return receipt.logs
      .filter((log) => log.address === this.deployment[part])
      .map((log) => this.contract(part).interface.parseLog(log))
      .flatMap((log) => (log?.name === name ? [log.args.toObject()] : []));
  }

  /** Arguments of the only event of this name in a receipt. */
  event(receipt: Receipt, path: Path): Record<string, unknown> {
    const found = this.events(receipt, path);
    expect(found, path).to.have.length(1);
    return found[0] ?? {};
  }

  #interfaces() {
    return [...this.#contracts.values()].map((contract) => contract.interface);
  }
}
