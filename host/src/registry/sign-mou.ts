// SPDX-License-Identifier: Apache-2.0
import type { Contract, Signer } from "ethers";
import { TouchmarkError } from "../errors.ts";
import { read } from "./transaction.ts";
import { type TypedData, typedDataOf } from "./typed-data.ts";

export interface MouTerms {
  readonly programme: Contract;
  /** Node that the applicant signs for. */
  readonly manufacturerId: bigint;
  readonly chainId: bigint;
  /** Unix seconds until which the signature is good. */
  readonly deadline: number;
  /** Keccak-256 of the document that the applicant has read; another one in force is not signed. */
  readonly expected?: string;
}

export interface MouRequest extends MouTerms {
  readonly applicant: Signer;
}

/**
 * What an applicant signs to accept the memorandum of understanding in force.
 * @param applicant address
 * @throws PREFLIGHT where another document is in force, CHAIN_UNREACHABLE
 */
export async function mouMessage(applicant: string, terms: MouTerms): Promise<TypedData> {
  const { programme, manufacturerId, chainId, deadline, expected } = terms;
  const [version, documentHash] = await read<[bigint, string]>(programme, "mou");
  if (expected !== undefined && expected.toLowerCase() !== documentHash.toLowerCase())
    throw new TouchmarkError("PREFLIGHT", {
      data: { missing: "the MOU in force is another document", version, documentHash, expected },
    });
  const nonce = await read<bigint>(programme, "mouNonce", manufacturerId, applicant);
  const target = { domain: "touchmarkDomain", chainId, verifyingContract: String(programme.target) } as const;
  const value = { manufacturerId, applicant, documentHash, version, nonce, deadline };
  return typedDataOf(target, "mouAcceptance", value);
}

/**
 * The applicant's signature of the memorandum of understanding in force.
 * @throws PREFLIGHT where another document is in force, CHAIN_UNREACHABLE
 */
export async function signMou({ applicant, ...terms }: MouRequest): Promise<string> {
  const { domain, types, value } = await mouMessage(await applicant.getAddress(), terms);
  return await applicant.signTypedData(domain, types, value);
}
