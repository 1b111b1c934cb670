// SPDX-License-Identifier: Apache-2.0
// From a bare chain to a manufacturer with a license in force, and the licensor's later words.
import { type Contract, id as keccakOf } from "ethers";
import { enums } from "../protocol/generated.ts";
import { applyForLicense } from "../registry/apply-for-license.ts";
import { contractAt, type Deployment, deploy } from "../registry/deploy.ts";
import { mintManufacturer } from "../registry/manufacturer-node.ts";
import { read, transact } from "../registry/transaction.ts";
import type { DemoChain, Role } from "./chain.ts";

const DAY = 86_400;
const YEAR = 365 * DAY;
const QUOTA = 1_000;
const EVIDENCE = keccakOf("demo: a report that an auditor would publish");

export interface DemoLicense {
  readonly deployment: Deployment;
  readonly manufacturerId: bigint;
}

const names = {
  nodes: "ManufacturerId",
  programme: "LicenseProgramme",
  board: "OtaBoard",
  registry: "DeviceRegistry",
  token: "DevDimoToken",
} as const;

/** A contract of the deployment in the hands of one role. */
export function contractOf(
  { accounts }: DemoChain,
  deployment: Deployment,
  part: keyof typeof names,
  role: Role,
): Contract {
  return contractAt(names[part], deployment[part], accounts[role]);
}

export async function deployContracts({ accounts }: DemoChain): Promise<Deployment> {
  const { admin, licensor, hardware, security, experience, treasury } = accounts;
  return await deploy(admin, {
    licensor: licensor.address,
    auditors: { hardware: hardware.address, security: security.address, experience: experience.address },
    treasury: treasury.address,
  });
}

/** Node → stake and MOU → three audits → grant → certified model. */
export async function grantLicense(
  chain: DemoChain,
  deployment: Deployment,
  manufacturer: { readonly name: string; readonly hardwareModel: string },
): Promise<DemoLicense> {
  const { accounts, chainId } = chain;
  const as = (part: keyof typeof names, role: Role): Contract => contractOf(chain, deployment, part, role);
  const now = (await chain.provider.getBlock("latest"))?.timestamp ?? 0;
  const { admin, maker } = accounts;
  const node = { admin: admin.address, controller: maker.address, name: manufacturer.name };
  const manufacturerId = await mintManufacturer(as("nodes", "admin"), node);

  const licensor = as("programme", "licensor");
  const document = keccakOf("demo: the memorandum's text");
  await transact({ contract: licensor, method: "publishMou", args: [document], event: "MouPublished" });
  const token = as("token", "maker");
  const stake = await read<bigint>(licensor, "minStakeAmount");
  await transact({ contract: token, method: "mint", args: [maker.address, stake], event: "Transfer" });
  const programme = as("programme", "maker");
  await applyForLicense({ manufacturerId, programme, token, applicant: maker, chainId, deadline: now + DAY });

  for (const [kind, number] of Object.entries(enums.auditKind)) {
    const contract = as("programme", kind as keyof typeof enums.auditKind);
    const record = { id: manufacturerId, kind: number, passed: true, validUntil: now + YEAR, evidence: EVIDENCE };
    await transact({ contract, method: "recordAudit", args: [record], event: "AuditRecorded" });
  }
  const terms = { id: manufacturerId, expiry: now + YEAR, quota: QUOTA };
  await transact({ contract: licensor, method: "grant", args: [terms], event: "Granted" });
  const name = manufacturer.hardwareModel;
  const model = { id: manufacturerId, name, validUntil: now + YEAR, evidence: EVIDENCE };
  await transact({ contract: licensor, method: "certifyModel", args: [model], event: "ModelCertified" });
  const args = [manufacturerId, keccakOf(name)];
  await transact({ contract: as("registry", "maker"), method: "setMintModel", args, event: "MintModelSet" });
  return { deployment, manufacturerId };
}

/** Names OTA signer, root certificate and announcer, and brings the license's standing to the board. */
export async function equipBoard(
  chain: DemoChain,
  { deployment, manufacturerId }: DemoLicense,
  { otaSigner, rootHash }: { readonly otaSigner: string; readonly rootHash: Uint8Array },
): Promise<void> {
  const contract = contractOf(chain, deployment, "board", "maker");
  const { announcer } = chain.accounts;
  await transact({ contract, method: "proposeOtaSigner", args: [manufacturerId, otaSigner] });
  await transact({ contract, method: "proposeRoot", args: [manufacturerId, rootHash] });
  const args = [manufacturerId, announcer.address, true];
  await transact({ contract, method: "setAnnouncer", args, event: "AnnouncerSet" });
  await transact({ contract, method: "refresh", args: [manufacturerId] });
}

export async function suspendLicense(chain: DemoChain, { deployment, manufacturerId }: DemoLicense): Promise<void> {
  const contract = contractOf(chain, deployment, "programme", "licensor");
  const args = [manufacturerId, enums.reason.qualityAndSecurity, EVIDENCE];
  await transact({ contract, method: "suspend", args, event: "Suspended" });
}

export async function reinstateLicense(chain: DemoChain, { deployment, manufacturerId }: DemoLicense): Promise<void> {
  const contract = contractOf(chain, deployment, "programme", "licensor");
  await transact({ contract, method: "reinstate", args: [manufacturerId], event: "Reinstated" });
}
