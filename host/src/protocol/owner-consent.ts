// SPDX-License-Identifier: Apache-2.0
// What a unit signs to be claimed, paired or unpaired: EIP-712, in DIMO's domain or in ours (protocol/signatures.md).
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes, fromHex } from "./bytes.ts";
import { typedDomains, typedStructs } from "./generated.ts";

/** Makes a signature work once, and end. */
export interface ConsentLimits {
  /** The registry's, of this device. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: bigint;
}

/** Without `limits` it is DIMO's structure. */
export type OwnerConsent =
  | { readonly kind: "claim"; readonly token: bigint; readonly owner: string; readonly limits?: ConsentLimits }
  | { readonly kind: "pair"; readonly token: bigint; readonly vehicle: bigint; readonly limits?: ConsentLimits }
  | { readonly kind: "unpair"; readonly token: bigint; readonly vehicle: bigint; readonly limits: ConsentLimits };

const structs = {
  claim: { own: typedStructs.claimDevice, dimo: typedStructs.claimAftermarketDevice },
  pair: { own: typedStructs.pairDevice, dimo: typedStructs.pairAftermarketDevice },
  unpair: { own: typedStructs.unpairDevice, dimo: typedStructs.unpairDevice },
} as const;

/** The digest that the unit signs. @param registry 20 bytes */
export function consentDigest(consent: OwnerConsent, chainId: bigint, registry: Uint8Array): Uint8Array {
  const { limits } = consent;
  const domain = limits ? typedDomains.touchmarkDomain : typedDomains.dimoDomain;
  const { typeHash } = structs[consent.kind][limits ? "own" : "dimo"];
  const second = consent.kind === "claim" ? BigInt(consent.owner) : consent.vehicle;
  const members = [consent.token, second, ...(limits ? [limits.nonce, limits.deadline] : [])].map(word);
  const separator = hash(
    fromHex(domain.typeHash),
    text(domain.name),
    text(domain.version),
    word(chainId),
    concatBytes(new Uint8Array(12), registry),
  );
  return hash(Uint8Array.of(0x19, 0x01), separator, hash(fromHex(typeHash), ...members));
}

/** 32 bytes, big-endian: a uint256. */
export function word(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0"));
}

const hash = (...parts: readonly Uint8Array[]): Uint8Array => keccak_256(concatBytes(...parts));

/** EIP-712 stands a string in by its hash. */
const text = (value: string): Uint8Array => keccak_256(Buffer.from(value, "utf8"));
