// SPDX-License-Identifier: Apache-2.0
// What a device's node says of the unit. A registry never lets it be corrected, so it is judged before minting.
import { isImei } from "../ledger/imei.ts";

export interface UnitAttributes {
  readonly serial: string;
  readonly imei?: string;
  readonly definitionUri?: string;
  readonly hardwareRevision?: string;
  readonly devEui?: string;
}

export type AttributeField = keyof UnitAttributes;

/** The whitelist of DIMO's registry, in the order in which they are written. */
export const attributeNames: Readonly<Record<AttributeField, string>> = {
  serial: "Serial",
  imei: "IMEI",
  definitionUri: "DefinitionURI",
  hardwareRevision: "HardwareRevision",
  devEui: "DevEUI",
};

export const attributeFields = Object.keys(attributeNames) as AttributeField[];

/** Bytes of one value: what a label carries, not what a chain could hold. */
const LONGEST = 128;

/** What a value should be; undefined where it is good. */
export function attributeFault(field: AttributeField, value: string): string | undefined {
  const text = textFault(field, value);
  if (text !== undefined) return text;
  if (field === "imei" && !isImei(value)) return "an IMEI of 15 digits, the last its check digit";
  if (field === "devEui" && !/^[0-9A-F]{16}$/.test(value)) return "a devEui of 16 hexadecimal digits in upper case";
  if (field === "definitionUri" && !/^[a-z][a-z0-9+.-]*:./.test(value)) return "a definitionUri with its scheme";
  return undefined;
}

/** The same of an attribute that an admin listed. */
export function textFault(name: string, value: string): string | undefined {
  if (value === "") return `a ${name}`;
  // Printable ASCII: two serials that look alike are the same.
  if (!/^[\x21-\x7e]( ?[\x21-\x7e])*$/.test(value)) return `a ${name} of printable ASCII, without outer spaces`;
  return value.length > LONGEST ? `a ${name} of at most ${LONGEST} bytes` : undefined;
}

/** DIMO's attribute-info pairs. */
export function attributePairs(unit: UnitAttributes): { readonly attribute: string; readonly info: string }[] {
  return attributeFields.flatMap((field) => {
    const info = unit[field];
    return info === undefined ? [] : [{ attribute: attributeNames[field], info }];
  });
}
