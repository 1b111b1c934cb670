// SPDX-License-Identifier: Apache-2.0
// protocol.json's EIP-712 structures, signed by an ethers signer.
import type { Signer, TypedDataField } from "ethers";
import { typedDomains, typedStructs } from "../protocol/generated.ts";

export interface TypedDataTarget {
  readonly domain: "dimoDomain" | "touchmarkDomain";
  readonly chainId: bigint;
  /** Address of the contract that checks the signature. */
  readonly verifyingContract: string;
}

/** @returns r ‖ s ‖ v, hexadecimal */
export async function signTypedData(
  signer: Signer,
  { domain, chainId, verifyingContract }: TypedDataTarget,
  struct: keyof typeof typedStructs,
  value: Record<string, unknown>,
): Promise<string> {
  const { name, version } = typedDomains[domain];
  const { primaryType, fields } = typedStructs[struct];
  const types: Record<string, TypedDataField[]> = { [primaryType]: fields.map((field) => ({ ...field })) };
  return await signer.signTypedData({ name, version, chainId, verifyingContract }, types, value);
}
