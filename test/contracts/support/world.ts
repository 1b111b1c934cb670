// SPDX-License-Identifier: Apache-2.0
import type { Contract, Signer, TypedDataField } from "ethers";
import { contractAt, type Deployment, deploy } from "../../../host/src/registry/deploy.ts";
import { typedStructs } from "../../../host/src/protocol/generated.ts";
import { DAY, ethers, now } from "./chain.ts";

export const MIN_STAKE = 100_000n * 10n ** 18n;
export const DOCUMENT = ethers.id("MOU, first edition");
export const EVIDENCE = ethers.id("evidence");
export const MODEL_NAME = "TM-1";
export const MODEL = ethers.id(MODEL_NAME);
export const QUOTA = 2000;

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

export type Accounts = Record<(typeof ACCOUNTS)[number], Signer & { address: string }>;

const CONTRACTS = {
  roles: "Roles",
  token: "DevDimoToken",
  vehicles: "DevVehicleId",
  nodes: "ManufacturerId",
  programme: "LicenseProgramme",
  board: "OtaBoard",
  registry: "DeviceRegistry",
} as const;

type Contracts = Record<keyof typeof CONTRACTS, Contract>;

/** Everything deployed, every role held by its own account. */
export interface World extends Contracts {
  readonly accounts: Accounts;
  readonly deployment: Deployment;
  /** A contract seen by another account. */
  as(contract: keyof Contracts, account: keyof Accounts): Contract;
}

export async function deployWorld(): Promise<World> {
  const signers = await ethers.getSigners();
  const accounts = Object.fromEntries(ACCOUNTS.map((name, index) => [name, signers[index]])) as unknown as Accounts;
  const deployment = await deploy(accounts.admin, {
    licensor: accounts.licensor.address,
    auditors: {
      hardware: accounts.hardwareAuditor.address,
      security: accounts.securityAuditor.address,
      experience: accounts.experienceAuditor.address,
    },
    treasury: accounts.treasury.address,
    minStake: MIN_STAKE,
  });
  const names = Object.keys(CONTRACTS) as (keyof Contracts)[];
  const contracts = Object.fromEntries(
    names.map((name) => [name, contractAt(CONTRACTS[name], deployment[name], accounts.admin)]),
  ) as Contracts;
  const as = (contract: keyof Contracts, account: keyof Accounts): Contract =>
    contracts[contract].connect(accounts[account]) as Contract;
  return { ...contracts, accounts, deployment, as };
}

export const done = async (call: Promise<{ wait: () => Promise<unknown> }>): Promise<void> => {
  await (await call).wait();
};

/** Mints a node and hands it to its controller. */
export async function handNode(world: World, name: string, controller: keyof Accounts): Promise<bigint> {
  const { nodes, accounts } = world;
  const { admin, [controller]: holder } = accounts;
  await done(nodes.getFunction("setController")(holder.address));
  await done(nodes.getFunction("mintManufacturer")(admin.address, name, []));
  const id = (await nodes.getFunction("getManufacturerIdByName")(name)) as bigint;
  await done(nodes.getFunction("transferFrom")(admin.address, holder.address, id));
  return id;
}

export const noPermit = (amount: bigint) => ({ amount, deadline: 0, v: 0, r: ethers.ZeroHash, s: ethers.ZeroHash });

/** A typed structure of protocol.json as ethers wants it. */
export function typed(name: keyof typeof typedStructs): Record<string, TypedDataField[]> {
  const { primaryType, fields } = typedStructs[name];
  return { [primaryType]: fields.map((field) => ({ ...field })) };
}

export async function domain(name: "Touchmark" | "DIMO", contract: Contract) {
  const { chainId } = await ethers.provider.getNetwork();
  return { name, version: "1", chainId, verifyingContract: await contract.getAddress() };
}

/** The applicant's signature of the MOU in force. */
export async function signMou(world: World, applicant: keyof Accounts): Promise<{ deadline: number; signature: string }> {
  const { programme, accounts } = world;
  const { address } = accounts[applicant];
  const [version, documentHash] = (await programme.getFunction("mou")()) as [bigint, string];
  const deadline = (await now()) + DAY;
  const value = {
    applicant: address,
    documentHash,
    version,
    nonce: await programme.getFunction("nonces")(address),
    deadline,
  };
  const signature = await accounts[applicant].signTypedData(
    await domain("Touchmark", programme),
    typed("mouAcceptance"),
    value,
  );
  return { deadline, signature };
}

export async function fund(world: World, account: keyof Accounts, amount = MIN_STAKE): Promise<void> {
  const { token, programme, accounts } = world;
  await done(token.getFunction("mint")(accounts[account].address, amount));
  await done(world.as("token", account).getFunction("approve")(await programme.getAddress(), amount));
}

export async function applyFor(world: World, id: bigint, applicant: keyof Accounts, amount = MIN_STAKE): Promise<void> {
  await fund(world, applicant, amount);
  const application = { id, payment: noPermit(amount), mou: await signMou(world, applicant) };
  await done(world.as("programme", applicant).getFunction("applyForLicense")(application));
}

export const AUDITORS = ["hardwareAuditor", "securityAuditor", "experienceAuditor"] as const;

export async function passAudits(world: World, id: bigint, validUntil: number): Promise<void> {
  for (const [kind, auditor] of AUDITORS.entries()) {
    const record = { id, kind, passed: true, validUntil, evidence: EVIDENCE };
    await done(world.as("programme", auditor).getFunction("recordAudit")(record));
  }
}

/** From nothing to a license in force for a year, with a certified model and the mint model set. */
export async function license(world: World, id: bigint, maker: keyof Accounts): Promise<void> {
  const programme = world.as("programme", "licensor");
  const [version] = (await programme.getFunction("mou")()) as [bigint];
  if (version === 0n) await done(programme.getFunction("publishMou")(DOCUMENT));
  await applyFor(world, id, maker);
  const expiry = (await now()) + 365 * DAY;
  await passAudits(world, id, expiry);
  await done(programme.getFunction("grant")({ id, expiry, quota: QUOTA }));
  await done(
    programme.getFunction("certifyModel")({ id, name: MODEL_NAME, validUntil: expiry, evidence: EVIDENCE }),
  );
  await done(world.as("registry", maker).getFunction("setMintModel")(id, MODEL));
}

/** A world with one licensed manufacturer. */
export async function licensedWorld(): Promise<World & { id: bigint }> {
  const world = await deployWorld();
  const id = await handNode(world, "Acme Motors", "maker");
  await license(world, id, "maker");
  return { ...world, id };
}
