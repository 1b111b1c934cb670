// SPDX-License-Identifier: Apache-2.0
// protocol.json's EIP-712 structures, signed by an ethers signer.
import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { typedDomains, typedStructs } from "../protocol/generated.ts";

export interface TypedDataTarget {
  readonly domain: "dimoDomain" | "touchmarkDomain";
  readonly chainId: bigint;
  /** Address of the contract that checks the signature. */
  readonly verifyingContract: string;
}

/** A structure with all that its digest depends on. */
export interface TypedData {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly value: Record<string, unknown>;
}

export function typedDataOf(
  { domain, chainId, verifyingContract }: TypedDataTarget,
  struct: keyof typeof typedStructs,
  value: Record<string, unknown>,
): TypedData {
  const { name, version } = typedDomains[domain];
  const { primaryType, fields } = typedStructs[struct];
  const types = { [primaryType]: fields.map((field) => ({ ...field })) };
  return { domain: { name, version, chainId, verifyingContract }, types, value };
}

/** @returns r ‖ s ‖ v, hexadecimal */
export async function signTypedData(
  signer: Signer,
  target: TypedDataTarget,
  struct: keyof typeof typedStructs,
  value: Record<string, unknown>,
): Promise<string> {
  const { domain, types } = typedDataOf(target, struct, value);
  return await signer.signTypedData(domain, types, value);
}
