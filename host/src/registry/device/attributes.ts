// SPDX-License-Identifier: Apache-2.0
// What a manufacturer may still change of its unit: the registry's mutable attributes. The contract says which they are.
import { TouchmarkError } from "../../errors.ts";
import { type AttributeField, attributeFault, attributeFields, attributeNames, textFault } from "../attributes.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { type Call, read, transact } from "../transaction.ts";

export interface AttributeValue {
  readonly attribute: string;
  readonly info: string;
}

/** @throws USAGE for a value that registering would refuse; PREFLIGHT on DIMO's registry */
export function attributesCall(
  { contract, name }: RegistryBackend,
  tokenId: bigint,
  values: readonly AttributeValue[],
): Call {
  if (name !== "touchmark")
    throw new TouchmarkError("PREFLIGHT", {
      data: { missing: "attributes that makers set: in DIMO's, its admin does" },
    });
  requireGood(values);
  const event = "AftermarketDeviceAttributeSet";
  return { contract, method: "setAftermarketDeviceInfo", args: [tokenId, values], event };
}

/**
 * @returns what the registry says of each afterwards
 * @throws as attributesCall; REGISTRATION_MISMATCH; TRANSACTION_REVERTED with AttributeFixed, AttributeNotWhitelisted,
 * Unauthorized, LicenseNotInForce
 */
export async function setAttributes(
  backend: RegistryBackend,
  tokenId: bigint,
  values: readonly AttributeValue[],
): Promise<Readonly<Record<string, string>>> {
  const { contract, devices } = backend;
  await transact(attributesCall(backend, tokenId, values));
  const stands: Record<string, string> = {};
  for (const { attribute, info } of values) {
    const value = await read<string>(contract, "getInfo", devices, tokenId, attribute);
    if (value !== info)
      throw new TouchmarkError("REGISTRATION_MISMATCH", { data: { tokenId: `${tokenId}`, attribute, value } });
    stands[attribute] = value;
  }
  return stands;
}

/** What the registry says of attributes by their names on chain; empty text where it says nothing. */
export async function readAttributes(
  { contract, devices }: Pick<RegistryBackend, "contract" | "devices">,
  tokenId: bigint,
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const name of names) values[name] = await read<string>(contract, "getInfo", devices, tokenId, name);
  return values;
}

function requireGood(values: readonly AttributeValue[]): void {
  const seen = new Set<string>();
  for (const { attribute, info } of values) {
    const field: AttributeField | undefined = attributeFields.find((each) => attributeNames[each] === attribute);
    const expected = field === undefined ? textFault(attribute, info) : attributeFault(field, info);
    if (expected !== undefined) throw new TouchmarkError("USAGE", { data: { attribute, expected } });
    if (seen.has(attribute))
      throw new TouchmarkError("USAGE", { data: { attribute, expected: "each attribute once" } });
    seen.add(attribute);
  }
}
