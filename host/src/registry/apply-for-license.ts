// SPDX-License-Identifier: Apache-2.0
import { type Contract, type Signer, ZeroHash } from "ethers";
import { read, transact } from "./transaction.ts";
import { signTypedData } from "./typed-data.ts";

export interface LicenseApplication {
  readonly manufacturerId: bigint;
  /** LicenseProgramme and its stake token, both connected to the applicant. */
  readonly programme: Contract;
  readonly token: Contract;
  readonly applicant: Signer;
  readonly chainId: bigint;
  /** Unix seconds until which the signature of the MOU is good. */
  readonly deadline: number;
}

/**
 * Pays what is missing to the minimum stake out of an allowance, signs the MOU in force, and applies.
 * @throws TRANSACTION_REVERTED, TRANSACTION_LOST, CHAIN_UNREACHABLE
 */
export async function applyForLicense(application: LicenseApplication): Promise<void> {
  const { manufacturerId, programme, token, applicant } = application;
  const address = await applicant.getAddress();
  const minimum = await read<bigint>(programme, "minStakeAmount");
  const staked = await read<bigint>(programme, "stakeOf", manufacturerId, address);
  const amount = staked < minimum ? minimum - staked : 0n;
  if (amount > 0n) await transact({ contract: token, method: "approve", args: [programme.target, amount] });
  const payment = { amount, deadline: 0, v: 0, r: ZeroHash, s: ZeroHash };
  const mou = { deadline: application.deadline, signature: await signMou(application, address) };
  const args = [{ id: manufacturerId, payment, mou }];
  await transact({ contract: programme, method: "applyForLicense", args, event: "Applied" });
}

async function signMou(
  { programme, applicant, chainId, deadline }: LicenseApplication,
  address: string,
): Promise<string> {
  const [version, documentHash] = await read<[bigint, string]>(programme, "mou");
  const nonce = await read<bigint>(programme, "nonces", address);
  const target = { domain: "touchmarkDomain", chainId, verifyingContract: String(programme.target) } as const;
  const value = { applicant: address, documentHash, version, nonce, deadline };
  return await signTypedData(applicant, target, "mouAcceptance", value);
}
