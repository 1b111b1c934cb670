// SPDX-License-Identifier: Apache-2.0
// A batch root with the proof of each of its units: what is committed in one transaction, and what each unit needs to be
// claimed from it.
import { id as keccakOf } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { batchTree } from "../../protocol/batch-tree.ts";
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { type BatchPlace, encodeDeviceLeaf } from "../../protocol/device-leaf.ts";

/** Hexadecimal, 32 bytes each. */
export interface RootUnit {
  /** Birth address, lower case. */
  readonly address: string;
  readonly certificateHash: string;
  readonly mintingRecordHash: string;
  readonly saltedSerialHash: string;
}

export interface ProvedUnit extends RootUnit {
  readonly index: number;
  readonly proof: readonly string[];
}

export interface RootFile {
  readonly chainId: string;
  readonly registry: string;
  readonly manufacturerId: string;
  readonly batchId: string;
  /** Of the hardware model, with its hash. */
  readonly modelName: string;
  readonly model: string;
  readonly count: number;
  readonly root: string;
  readonly units: readonly ProvedUnit[];
}

const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;

/** @throws PREFLIGHT for an address that stands there twice */
export function rootFile(place: BatchPlace, modelName: string, units: readonly RootUnit[]): RootFile {
  const seen = new Set<string>();
  const leaves = units.map((unit, index) => {
    if (seen.has(unit.address))
      throw new TouchmarkError("PREFLIGHT", { data: { row: index + 1, what: "address twice", value: unit.address } });
    seen.add(unit.address);
    return leafAt(place, index, unit);
  });
  const tree = batchTree(leaves);
  return {
    chainId: `${place.chainId}`,
    registry: hex(place.registry),
    manufacturerId: `${place.manufacturerId}`,
    batchId: `${place.batchId}`,
    modelName,
    model: keccakOf(modelName),
    count: units.length,
    root: hex(tree.root),
    units: units.map((unit, index) => ({ index, ...unit, proof: tree.proof(index).map(hex) })),
  };
}

/** The leaf of one of its units. */
export function leafOf({ chainId, registry, manufacturerId, batchId }: RootFile, unit: ProvedUnit): Uint8Array {
  const [chain, manufacturer, batch] = [BigInt(chainId), BigInt(manufacturerId), BigInt(batchId)];
  const place = { chainId: chain, registry: fromHex(registry), manufacturerId: manufacturer, batchId: batch };
  return leafAt(place, unit.index, unit);
}

function leafAt(place: BatchPlace, index: number, unit: RootUnit): Uint8Array {
  return encodeDeviceLeaf(place, {
    index,
    address: fromHex(unit.address),
    certificateHash: fromHex(unit.certificateHash),
    mintingRecordHash: fromHex(unit.mintingRecordHash),
    saltedSerialHash: fromHex(unit.saltedSerialHash),
  });
}

const WORD = /^0x[0-9a-f]{64}$/i;
const NUMBER = /^[0-9]{1,78}$/;

/** @throws USAGE naming the field */
export function readRootFile(json: unknown): RootFile {
  const file = (json ?? {}) as Partial<RootFile>;
  const require = (field: keyof RootFile, holds: boolean): void => {
    if (!holds) throw new TouchmarkError("USAGE", { data: { expected: "a file of registry root", field } });
  };
  for (const field of ["chainId", "manufacturerId", "batchId"] as const)
    require(field, NUMBER.test(String(file[field])));
  for (const field of ["model", "root"] as const) require(field, WORD.test(String(file[field])));
  require("registry", /^0x[0-9a-f]{40}$/i.test(String(file.registry)));
  require("modelName", typeof file.modelName === "string");
  require("units", Array.isArray(file.units) && file.units.every(isProved));
  require("count", file.count === file.units?.length);
  return file as RootFile;
}

function isProved(unit: Partial<ProvedUnit> | null): boolean {
  const { index, address, proof, certificateHash, mintingRecordHash, saltedSerialHash } = unit ?? {};
  const words = [certificateHash, mintingRecordHash, saltedSerialHash, ...(Array.isArray(proof) ? proof : [""])];
  const placed = Number.isInteger(index) && /^0x[0-9a-f]{40}$/.test(String(address));
  return placed && words.every((word) => WORD.test(String(word)));
}
