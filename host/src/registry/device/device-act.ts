// SPDX-License-Identifier: Apache-2.0
// What only the unit's own key can allow: an EIP-712 structure that it signs, and the call that carries the signature.
import { Signature, TypedDataEncoder, type TypedDataField } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { typedDomains, typedStructs } from "../../protocol/generated.ts";
import { recoverDigest } from "./recover.ts";

export interface DeviceAct {
  readonly domain: "dimoDomain" | "touchmarkDomain";
  readonly struct: "claimAftermarketDevice" | "pairAftermarketDevice" | "claimDevice" | "pairDevice" | "unpairDevice";
  readonly value: Readonly<Record<string, bigint | string>>;
  readonly method: string;
  /** Arguments before the signature. */
  readonly args: readonly unknown[];
  readonly event: string;
}

/** The digest that the unit signs, hexadecimal. */
export function actDigest(act: DeviceAct, chainId: bigint, verifyingContract: string): string {
  const { name, version } = typedDomains[act.domain];
  const { primaryType, fields } = typedStructs[act.struct];
  const types: Record<string, TypedDataField[]> = { [primaryType]: fields.map((field) => ({ ...field })) };
  return TypedDataEncoder.hash({ name, version, chainId, verifyingContract }, types, act.value);
}

/**
 * A unit's signature as contracts take it: r ‖ s ‖ v, 65 bytes, v 27 or 28, low s.
 * @returns hexadecimal @throws SIGNATURE_INVALID saying which of these it is not, or whose it is instead
 */
export function requireSignature(signature: string, digest: string, address: string): string {
  const refuse = (what: string): never => {
    throw new TouchmarkError("SIGNATURE_INVALID", { data: { what, expected: address.toLowerCase() } });
  };
  if (!/^0x[0-9a-f]{130}$/i.test(signature)) refuse("not 65 bytes");
  if (!/(1b|1c)$/i.test(signature)) refuse("v is neither 27 nor 28");
  const signer = recoverDigest(signature, digest);
  if (signer === undefined) return refuse("r or s is out of range, or s is high");
  if (signer.toLowerCase() !== address.toLowerCase()) refuse(`signed by ${signer.toLowerCase()}, or something else`);
  return Signature.from(signature).serialized;
}
