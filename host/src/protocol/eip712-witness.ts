// SPDX-License-Identifier: Apache-2.0
// The EIP-712 digests that witnesses, the root and recovery keys sign. Types and domain are protocol.json's (`eip712`).
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes, fromHex } from "./bytes.ts";
import { typedDomains, typedStructs } from "./generated.ts";

/** What a witness vouches for: this block is final on this chain. `nonce` is 32 zero bytes, or a unit's challenge. */
export interface BlockWitness {
  readonly number: bigint;
  readonly blockHash: Uint8Array;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly epoch: number;
  readonly nonce: Uint8Array;
}

/** What a trust statement signs. */
export interface TrustChange {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  readonly oldTrustHash: Uint8Array;
  readonly newTrustHash: Uint8Array;
  readonly newEpoch: number;
  readonly floorNumber: bigint;
  readonly floorTimestamp: bigint;
}

export function blockWitnessDigest(chainId: bigint, witness: BlockWitness): Uint8Array {
  return typedDigest(chainId, typedStructs.blockWitness.typeHash, [
    word(witness.number),
    witness.blockHash,
    word(witness.timestamp),
    word(BigInt(witness.epoch)),
    witness.nonce,
  ]);
}

export function trustStatementDigest(change: TrustChange): Uint8Array {
  return typedDigest(change.chainId, typedStructs.trustStatement.typeHash, [
    word(change.chainId),
    word(change.manufacturerId),
    change.oldTrustHash,
    change.newTrustHash,
    word(BigInt(change.newEpoch)),
    word(change.floorNumber),
    word(change.floorTimestamp),
  ]);
}

function typedDigest(chainId: bigint, typeHash: string, fields: readonly Uint8Array[]): Uint8Array {
  const { name, version, typeHash: domainTypeHash } = typedDomains.witnessDomain;
  const domain = hash(fromHex(domainTypeHash), text(name), text(version), word(chainId));
  return hash(Uint8Array.of(0x19, 0x01), domain, hash(fromHex(typeHash), ...fields));
}

const hash = (...parts: readonly Uint8Array[]): Uint8Array => keccak_256(concatBytes(...parts));

/** EIP-712 stands a string in by its hash. */
const text = (value: string): Uint8Array => keccak_256(Buffer.from(value, "utf8"));

function word(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0"));
}
