// SPDX-License-Identifier: Apache-2.0
// A unit's leaf in a batch root (protocol/words.md): what one transaction commits for it.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concatBytes } from "./bytes.ts";
import { domains } from "./generated.ts";

/** Which batch: leaves of one never pass in another, on another chain or in another registry. */
export interface BatchPlace {
  readonly chainId: bigint;
  /** 20 bytes. */
  readonly registry: Uint8Array;
  readonly manufacturerId: bigint;
  readonly batchId: bigint;
}

export interface DeviceLeaf {
  readonly index: number;
  /** Birth address, 20 bytes. */
  readonly address: Uint8Array;
  /** Hashes, 32 bytes each. */
  readonly certificateHash: Uint8Array;
  readonly mintingRecordHash: Uint8Array;
  readonly saltedSerialHash: Uint8Array;
}

const DOMAIN = keccak_256(Buffer.from(domains.deviceLeaf, "utf8"));

/** The leaf, 32 bytes: hashed twice, so that no inner node passes for one. */
export function encodeDeviceLeaf(place: BatchPlace, leaf: DeviceLeaf): Uint8Array {
  const words = [
    DOMAIN,
    integer(place.chainId),
    left20(place.registry),
    integer(place.manufacturerId),
    integer(place.batchId),
    integer(BigInt(leaf.index)),
    left20(leaf.address),
    leaf.certificateHash,
    leaf.mintingRecordHash,
    leaf.saltedSerialHash,
  ];
  if (words.some((word) => word.length !== 32)) throw new RangeError("a field of the leaf is not of its size");
  return keccak_256(keccak_256(concatBytes(...words)));
}

function integer(value: bigint): Uint8Array {
  if (value < 0n || value >> 256n !== 0n) throw new RangeError("not a uint256");
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
}

const left20 = (address: Uint8Array): Uint8Array => concatBytes(new Uint8Array(12), address);
