// SPDX-License-Identifier: Apache-2.0
import type { DeployOptions } from "../../../host/src/registry/deploy.ts";
import { DAY, ethers, now } from "./chain.ts";
import { signTyped } from "./typed-data.ts";
import { type Account, MIN_STAKE, World } from "./world.ts";

export const DOCUMENT = ethers.id("MOU, first edition");
export const EVIDENCE = ethers.id("evidence");
export const MODEL_NAME = "TM-1";
export const MODEL = ethers.id(MODEL_NAME);
export const QUOTA = 2000;
export const YEAR = 365 * DAY;
export const AUDITORS = ["hardwareAuditor", "securityAuditor", "experienceAuditor"] as const;

/** Mints a node and hands it to its controller. */
export async function handNode(world: World, name: string, controller: Account): Promise<bigint> {
  await world.send("admin", "nodes.setController", world.address(controller));
  await world.send("admin", "nodes.mintManufacturer", world.address("admin"), name, []);
  const id = await world.read<bigint>("nodes.getManufacturerIdByName", name);
  await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address(controller), id);
  return id;
}

/** Payment out of an allowance. */
export const allowed = (amount: bigint) => ({ amount, deadline: 0, v: 0, r: ethers.ZeroHash, s: ethers.ZeroHash });

/** Gives an account tokens and lets the programme take them. */
export async function fund(world: World, account: Account, amount = MIN_STAKE): Promise<void> {
  await world.send(account, "token.mint", world.address(account), amount);
  await world.send(account, "token.approve", world.deployment.programme, amount);
}

/** An account's signature of the MOU in force, for a node. */
export async function signedMou(world: World, id: bigint, account: Account, change: Record<string, unknown> = {}) {
  const [version, documentHash] = await world.read<[bigint, string]>("programme.mou");
  const applicant = world.address(account);
  const nonce = await world.read<bigint>("programme.mouNonce", id, applicant);
  const deadline = (await now()) + DAY;
  const value = { manufacturerId: id, applicant, documentHash, version, nonce, deadline, ...change };
  const { programme } = world.deployment;
  const signature = await signTyped(world.signer(account), "touchmarkDomain", programme, "mouAcceptance", value);
  return { deadline: value.deadline, signature };
}

export async function applyFor(world: World, id: bigint, applicant: Account, amount = MIN_STAKE): Promise<void> {
  await fund(world, applicant, amount);
  const application = { id, payment: allowed(amount), mou: await signedMou(world, id, applicant) };
  await world.send(applicant, "programme.applyForLicense", application);
}

export const auditRecord = (id: bigint, kind: number, validUntil: number, passed = true) => ({
  id,
  kind,
  passed,
  validUntil,
  evidence: EVIDENCE,
});

export async function passAudits(world: World, id: bigint, validUntil: number): Promise<void> {
  for (const [kind, auditor] of AUDITORS.entries())
    await world.send(auditor, "programme.recordAudit", auditRecord(id, kind, validUntil));
}

export const modelCertificate = (id: bigint, validUntil: number) => ({
  id,
  name: MODEL_NAME,
  validUntil,
  evidence: EVIDENCE,
});

/** From a node to a license in force for a year; its expiry in unix seconds. */
export async function grantLicense(world: World, id: bigint, maker: Account): Promise<number> {
  await applyFor(world, id, maker);
  const expiry = (await now()) + YEAR;
  await passAudits(world, id, expiry);
  await world.send("licensor", "programme.grant", { id, expiry, quota: QUOTA });
  return expiry;
}

/** Certifies the model and names it for minting. */
export async function certify(world: World, id: bigint, maker: Account, validUntil: number): Promise<void> {
  await world.send("licensor", "programme.certifyModel", modelCertificate(id, validUntil));
  await world.send(maker, "registry.setMintModel", id, MODEL);
}

/** A world in which the maker is licensed for its node `id`. */
export async function licensedWorld(): Promise<{ world: World; id: bigint; expiry: number }> {
  const world = await World.deploy();
  await world.send("licensor", "programme.publishMou", DOCUMENT);
  const id = await handNode(world, "Acme Motors", "maker");
  const expiry = await grantLicense(world, id, "maker");
  await certify(world, id, "maker", expiry);
  return { world, id, expiry };
}

/** A world with a node and an MOU, and nothing applied for. */
export async function unlicensedWorld(change: Partial<DeployOptions> = {}): Promise<{ world: World; id: bigint }> {
  const world = await World.deploy(change);
  await world.send("licensor", "programme.publishMou", DOCUMENT);
  const id = await handNode(world, "Acme Motors", "maker");
  return { world, id };
}
