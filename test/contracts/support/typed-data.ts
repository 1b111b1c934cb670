// SPDX-License-Identifier: Apache-2.0
import type { Signer, TypedDataField } from "ethers";
import { typedDomains, typedStructs } from "../../../host/src/protocol/generated.ts";
import { ethers } from "./chain.ts";

type Struct = keyof typeof typedStructs;

const fieldsOf = (name: Struct): Record<string, TypedDataField[]> => {
  const { primaryType, fields } = typedStructs[name];
  return { [primaryType]: fields.map((field) => ({ ...field })) };
};

/** Signs a structure of protocol.json in one of its domains, for a contract on this chain. */
export async function signTyped(
  signer: Signer,
  domain: "dimoDomain" | "touchmarkDomain",
  verifyingContract: string,
  struct: Struct,
  value: Record<string, unknown>,
): Promise<string> {
  const { name, version } = typedDomains[domain];
  const { chainId } = await ethers.provider.getNetwork();
  return await signer.signTypedData({ name, version, chainId, verifyingContract }, fieldsOf(struct), value);
}
