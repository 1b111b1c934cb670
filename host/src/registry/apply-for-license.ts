// SPDX-License-Identifier: Apache-2.0
import type { Contract, Signer } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { signMou } from "./sign-mou.ts";
import { payStake } from "./stake-payment.ts";
import { read, transact } from "./transaction.ts";

export interface LicenseApplication {
  readonly manufacturerId: bigint;
  /** LicenseProgramme and its stake token, both connected to the applicant. */
  readonly programme: Contract;
  readonly token: Contract;
  readonly applicant: Signer;
  readonly chainId: bigint;
  /** Unix seconds until which the signatures are good. */
  readonly deadline: number;
  /** Token units: more is not staked, whatever the node says the minimum is. */
  readonly atMost?: bigint;
  /** Keccak-256 of the MOU that the applicant has read. */
  readonly document?: string;
}

/** Token units missing to the minimum. @throws CHAIN_UNREACHABLE */
export async function missingStake(programme: Contract, manufacturerId: bigint, staker: string): Promise<bigint> {
  const minimum = await read<bigint>(programme, "minStakeAmount");
  const staked = await read<bigint>(programme, "stakeOf", manufacturerId, staker);
  return staked < minimum ? minimum - staked : 0n;
}

/**
 * Pays what is missing to the minimum stake, signs the MOU in force, and applies.
 * @throws PREFLIGHT, TRANSACTION_REVERTED, TRANSACTION_LOST, CHAIN_UNREACHABLE
 */
export async function applyForLicense(application: LicenseApplication): Promise<void> {
  const { manufacturerId, programme, token, applicant, chainId, deadline, atMost, document } = application;
  const amount = await missingStake(programme, manufacturerId, await applicant.getAddress());
  if (atMost !== undefined && amount > atMost)
    throw new TouchmarkError("PREFLIGHT", { data: { missing: "the stake is above your limit", amount, atMost } });
  const expected = document !== undefined && { expected: document };
  const request = { programme, manufacturerId, applicant, chainId, deadline, ...expected };
  const mou = { deadline, signature: await signMou(request) };
  const spender = String(programme.target);
  const payment = await payStake({ token, spender, payer: applicant, chainId, amount, deadline });
  const args = [{ id: manufacturerId, payment, mou }];
  await transact({ contract: programme, method: "applyForLicense", args, event: "Applied" });
}
