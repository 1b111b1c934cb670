// SPDX-License-Identifier: Apache-2.0
import type { Contract, Signer } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { read } from "./transaction.ts";
import { signTypedData } from "./typed-data.ts";

export interface MouRequest {
  readonly programme: Contract;
  readonly applicant: Signer;
  readonly chainId: bigint;
  /** Unix seconds until which the signature is good. */
  readonly deadline: number;
  /** Keccak-256 of the document that the applicant has read; another one in force is not signed. */
  readonly expected?: string;
}

/**
 * The applicant's signature of the memorandum of understanding in force.
 * @throws PREFLIGHT where another document is in force, CHAIN_UNREACHABLE
 */
export async function signMou({ programme, applicant, chainId, deadline, expected }: MouRequest): Promise<string> {
  const [version, documentHash] = await read<[bigint, string]>(programme, "mou");
  if (expected !== undefined && expected.toLowerCase() !== documentHash.toLowerCase())
    throw new TouchmarkError("PREFLIGHT", {
      data: { missing: "the MOU in force is another document", version, documentHash, expected },
    });
  const address = await applicant.getAddress();
  const nonce = await read<bigint>(programme, "nonces", address);
  const target = { domain: "touchmarkDomain", chainId, verifyingContract: String(programme.target) } as const;
  const value = { applicant: address, documentHash, version, nonce, deadline };
  return await signTypedData(applicant, target, "mouAcceptance", value);
}
