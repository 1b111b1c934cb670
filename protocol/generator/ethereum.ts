// SPDX-License-Identifier: Apache-2.0
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

export const keccak = (text: string): Uint8Array => keccak_256(new TextEncoder().encode(text));

/** ERC-7201: keccak256(abi.encode(uint256(keccak256(id)) - 1)) & ~0xff. */
export function erc7201Base(id: string): Uint8Array {
  const minusOne = BigInt(`0x${bytesToHex(keccak(id))}`) - 1n;
  const base = keccak_256(hexToBytes(minusOne.toString(16).padStart(64, "0")));
  base[31] = 0;
  return base;
}

export interface TypedStruct {
  readonly primaryType: string;
  readonly encodeType: string;
  readonly typeHash: Uint8Array;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** Reads EIP-712's encodeType form: `Name(type1 name1,type2 name2)`, without nested structs. */
export function typedStruct(encodeType: string): TypedStruct {
  const match = /^([A-Z]\w*)\(((?:\w+ \w+,?)*)\)$/.exec(encodeType);
  if (!match) throw new Error(`not an EIP-712 type: ${encodeType}`);
  const [, primaryType = "", members = ""] = match;
  const fields = members.split(",").map((member) => {
    const [type = "", name = ""] = member.split(" ");
    return { name, type };
  });
  return { primaryType, encodeType, typeHash: keccak(encodeType), fields };
}

/** EIP-712's domain fields, in the order that the standard fixes. */
const DOMAIN_FIELDS: Readonly<Record<string, string>> = {
  name: "string",
  version: "string",
  chainId: "uint256",
  verifyingContract: "address",
  salt: "bytes32",
};

export const typeHash = (fields: readonly string[]): Uint8Array =>
  keccak(`EIP712Domain(${fields.map((field) => `${DOMAIN_FIELDS[field]} ${field}`).join(",")})`);
