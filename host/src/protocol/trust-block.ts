// SPDX-License-Identifier: Apache-2.0
// The 512-byte trust block: whom a unit believes. protocol/flash.md; offsets from protocol.json (`layouts.trustBlock`).
import { crc32 } from "node:zlib";
import { TouchmarkError } from "../errors.ts";
import { concatBytes, equalBytes, toHex } from "./bytes.ts";
import { domains, layouts, limits } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";

/** `manufacturerId` is 0 and `rootHash` zero until a unit is provisioned. Floors: block number, unix seconds. */
export interface TrustBlock {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  readonly board: Uint8Array;
  readonly boardCodeHash: Uint8Array;
  readonly vendorId: Uint8Array;
  readonly classId: Uint8Array;
  readonly rootHash: Uint8Array;
  readonly epoch: number;
  readonly floorNumber: bigint;
  readonly floorTimestamp: bigint;
  readonly witnessThreshold: number;
  /** Compressed public keys, at most seven. */
  readonly witnesses: readonly Uint8Array[];
  readonly recoveryThreshold: number;
  /** Compressed public keys, at most five. */
  readonly recoveryKeys: readonly Uint8Array[];
}

const { fields, size, magic } = layouts.trustBlock;
const LAYOUT = 1;
const KEY_BYTES = 33;

/** TRUST_BLOCK_MALFORMED for a block that no unit would take. */
export function encodeTrustBlock(trust: TrustBlock): Uint8Array {
  checkKeys(trust);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from(magic, "ascii"), fields.magic.offset);
  view.setUint8(fields.layout.offset, LAYOUT);
  view.setUint8(fields.witnessThreshold.offset, trust.witnessThreshold);
  view.setUint8(fields.witnessCount.offset, trust.witnesses.length);
  view.setUint8(fields.recoveryThreshold.offset, trust.recoveryThreshold);
  view.setUint8(fields.recoveryCount.offset, trust.recoveryKeys.length);
  view.setUint32(fields.epoch.offset, trust.epoch);
  for (const name of UINT64_FIELDS) view.setBigUint64(fields[name].offset, trust[name]);
  for (const name of BYTE_FIELDS) {
    if (trust[name].length !== fields[name].size) throw malformed(name);
    bytes.set(trust[name], fields[name].offset);
  }
  bytes.set(concatBytes(...trust.witnesses, ...trust.recoveryKeys), fields.keys.offset);
  view.setUint32(fields.crc32.offset, crc32(bytes.subarray(0, fields.crc32.offset)));
  return bytes;
}

/** TRUST_BLOCK_MALFORMED unless it is exactly what encodeTrustBlock writes. */
export function decodeTrustBlock(bytes: Uint8Array): TrustBlock {
  if (bytes.length !== size) throw malformed("size");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bytesOf = (name: keyof typeof fields): Uint8Array =>
    bytes.slice(fields[name].offset, fields[name].offset + fields[name].size);
  const witnessCount = view.getUint8(fields.witnessCount.offset);
  const recoveryCount = view.getUint8(fields.recoveryCount.offset);
  const keys = bytesOf("keys");
  const key = (index: number): Uint8Array => keys.slice(index * KEY_BYTES, (index + 1) * KEY_BYTES);
  const trust: TrustBlock = {
    chainId: view.getBigUint64(fields.chainId.offset),
    manufacturerId: view.getBigUint64(fields.manufacturerId.offset),
    board: bytesOf("board"),
    boardCodeHash: bytesOf("boardCodeHash"),
    vendorId: bytesOf("vendorId"),
    classId: bytesOf("classId"),
    rootHash: bytesOf("rootHash"),
    epoch: view.getUint32(fields.epoch.offset),
    floorNumber: view.getBigUint64(fields.floorNumber.offset),
    floorTimestamp: view.getBigUint64(fields.floorTimestamp.offset),
    witnessThreshold: view.getUint8(fields.witnessThreshold.offset),
    witnesses: Array.from({ length: witnessCount }, (_, index) => key(index)),
    recoveryThreshold: view.getUint8(fields.recoveryThreshold.offset),
    recoveryKeys: Array.from({ length: recoveryCount }, (_, index) => key(witnessCount + index)),
  };
  if (!equalBytes(encodeTrustBlock(trust), bytes)) throw malformed("magic, layout, checksum or padding");
  return trust;
}

/** What attestation and trust statements name: everything but the floor. */
export function trustHash(trust: TrustBlock): Uint8Array {
  const bytes = encodeTrustBlock({ ...trust, floorNumber: 0n, floorTimestamp: 0n });
  return domainHash(domains.trustHash, bytes.subarray(0, fields.crc32.offset));
}

/** What lock burns into one-time memory. */
export function constantHash(trust: TrustBlock): Uint8Array {
  const bytes = encodeTrustBlock(trust);
  const part = (name: keyof typeof fields): Uint8Array =>
    bytes.subarray(fields[name].offset, fields[name].offset + fields[name].size);
  return domainHash(
    domains.constantHash,
    part("chainId"),
    part("manufacturerId"),
    part("vendorId"),
    part("classId"),
    part("recoveryThreshold"),
    part("recoveryCount"),
    ...trust.recoveryKeys,
  );
}

/** Has a root and a manufacturer. */
export function isComplete(trust: TrustBlock): boolean {
  return trust.manufacturerId !== 0n && trust.rootHash.some((byte) => byte !== 0);
}

/** What enrolling under a root makes of it. @param root DER */
export function completeTrust(trust: TrustBlock, manufacturerId: bigint, root: Uint8Array): TrustBlock {
  return { ...trust, manufacturerId, rootHash: sha256(root) };
}

/** The floor never falls, and no single statement moves it by more than `limits.floorStep`. */
export function advanceFloor(trust: TrustBlock, number: bigint, timestamp: bigint): TrustBlock {
  if (number <= trust.floorNumber) return trust;
  const highest = trust.floorNumber + BigInt(limits.floorStep);
  return {
    ...trust,
    floorNumber: number < highest ? number : highest,
    floorTimestamp: timestamp > trust.floorTimestamp ? timestamp : trust.floorTimestamp,
  };
}

const UINT64_FIELDS = ["chainId", "manufacturerId", "floorNumber", "floorTimestamp"] as const;
const BYTE_FIELDS = ["board", "boardCodeHash", "vendorId", "classId", "rootHash"] as const;

function checkKeys(trust: TrustBlock): void {
  const { witnesses, witnessThreshold, recoveryKeys, recoveryThreshold } = trust;
  const keys = [...witnesses, ...recoveryKeys];
  if (witnesses.length < 1 || witnesses.length > limits.witnessesMax) throw malformed("witnessCount");
  if (!Number.isInteger(witnessThreshold) || !Number.isInteger(recoveryThreshold)) throw malformed("thresholds");
  if (witnessThreshold * 2 <= witnesses.length || witnessThreshold > witnesses.length) {
    throw malformed("witnessThreshold");
  }
  if (recoveryKeys.length > limits.recoveryMax || keys.length > limits.keysInTrustBlock) {
    throw malformed("recoveryCount");
  }
  if (recoveryThreshold > recoveryKeys.length || (recoveryThreshold === 0) !== (recoveryKeys.length === 0)) {
    throw malformed("recoveryThreshold");
  }
  if (!keys.every(isCompressed)) throw malformed("keys");
  if (new Set(keys.map(toHex)).size !== keys.length) throw malformed("keys");
}

function isCompressed(key: Uint8Array): boolean {
  return key.length === KEY_BYTES && (key[0] === 2 || key[0] === 3);
}

function domainHash(domain: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(concatBytes(new TextEncoder().encode(domain), Uint8Array.of(0), ...parts));
}

function malformed(field: string): TouchmarkError {
  return new TouchmarkError("TRUST_BLOCK_MALFORMED", { data: { field } });
}
