// SPDX-License-Identifier: Apache-2.0
// The SUIT manifest in the one profile of protocol/bundle.md: what a release is, and for whom.

import { TouchmarkError } from "../errors.ts";
import { fromHex, toHex } from "./bytes.ts";
import { type CborInput, encode } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { cose, limits, suit } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";

export interface LicenseBlock {
  readonly chainId: bigint;
  readonly board: Uint8Array;
  readonly boardCodeHash: Uint8Array;
  readonly manufacturerId: bigint;
  readonly securityVersion: number;
  /** The oldest block that may prove it. */
  readonly minBlock: bigint;
  /** MAJOR.MINOR.PATCH */
  readonly version: string;
}

export interface Manifest {
  /** Below 2^53. */
  readonly sequence: number;
  readonly vendorId: Uint8Array;
  readonly classId: Uint8Array;
  /** SHA-256 of the image. */
  readonly imageDigest: Uint8Array;
  /** Bytes. */
  readonly imageSize: number;
  readonly license: LicenseBlock;
}

const { manifest, common, command, parameter, reportingPolicy } = suit;
const CODE = "MANIFEST_MALFORMED";
export const SEQUENCE_MAX = 2 ** limits.sequenceBits - 1;
export const UINT32_MAX = 2 ** 32 - 1;
const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+$/;

/** @throws MANIFEST_MALFORMED for a manifest that no unit would take. */
export function encodeManifest(value: Manifest): Uint8Array {
  const encoded = encode(
    new Map<number, CborInput>([
      [manifest.version, suit.supportedManifestVersion],
      [manifest.sequenceNumber, value.sequence],
      [manifest.common, encode(commonSection(value))],
      [manifest.validate, encode([command.conditionImageMatch, reportingPolicy.all])],
      [manifest.invoke, encode([command.invoke, reportingPolicy.failure])],
      [manifest.install, encode(installSequence(value.license))],
    ]),
  );
  decodeManifest(encoded);
  return encoded;
}

/** @param bytes the manifest itself, without its byte string's head. @throws MANIFEST_MALFORMED, PROOF_TYPE_UNKNOWN */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const map = CborFields.open(bytes, CODE).map();
  expectAll(map, [manifest.version, suit.supportedManifestVersion, manifest.sequenceNumber]);
  const sequence = map.number(SEQUENCE_MAX);
  map.expect(manifest.common);
  const image = readCommon(map.embedded().map());
  map.expect(manifest.validate);
  expectOnly(map.embedded().array(), [command.conditionImageMatch, reportingPolicy.all]);
  map.expect(manifest.invoke);
  expectOnly(map.embedded().array(), [command.invoke, reportingPolicy.failure]);
  map.expect(manifest.install);
  const license = readInstall(map.embedded().array());
  map.end();
  return { sequence, ...image, license };
}

/** What identifies a release everywhere: SHA-256 over the manifest's byte string, its CBOR head included. */
export function manifestDigest(encodedManifest: Uint8Array): Uint8Array {
  return sha256(encode(encodedManifest));
}

export function encodeSuitDigest(digest: Uint8Array): Uint8Array {
  return encode([cose.digestSha256, digest]);
}

export function readSuitDigest(fields: CborFields): Uint8Array {
  const item = fields.array(2, 2);
  item.expect(cose.digestSha256);
  return item.bytes(32);
}

function commonSection(value: Manifest): CborInput {
  const parameters = new Map<number, CborInput>([
    [parameter.vendorId, value.vendorId],
    [parameter.classId, value.classId],
    [parameter.imageDigest, encodeSuitDigest(value.imageDigest)],
    [parameter.imageSize, value.imageSize],
  ]);
  const { all } = reportingPolicy;
  const sequence = [command.overrideParameters, parameters, command.conditionVendor, all, command.conditionClass, all];
  return new Map<number, CborInput>([
    [common.components, [[fromHex(suit.componentId)]]],
    [common.sharedSequence, encode(sequence)],
  ]);
}

function readCommon(map: CborFields): Omit<Manifest, "sequence" | "license"> {
  map.expect(common.components);
  const componentId = map.array(1, 1).array(1, 1).bytes(1);
  if (toHex(componentId) !== suit.componentId) throw map.refusal();
  map.expect(common.sharedSequence);
  const sequence = map.embedded().array();
  map.end();
  sequence.expect(command.overrideParameters);
  const parameters = sequence.map();
  const value = {
    vendorId: read(parameters, parameter.vendorId).bytes(16),
    classId: read(parameters, parameter.classId).bytes(16),
    imageDigest: readSuitDigest(read(parameters, parameter.imageDigest).embedded()),
    imageSize: read(parameters, parameter.imageSize).number(UINT32_MAX),
  };
  parameters.end();
  if (value.imageSize === 0) throw parameters.refusal();
  const { all } = reportingPolicy;
  expectOnly(sequence, [command.conditionVendor, all, command.conditionClass, all]);
  return value;
}

function installSequence(license: LicenseBlock): CborInput {
  const parameters = new Map<number, CborInput>([
    [parameter.uri, suit.payload.firmware],
    [parameter.touchmarkLicense, encode(licenseItem(license))],
  ]);
  const { all, failure } = reportingPolicy;
  const gate = [command.conditionTouchmarkLicense, all];
  const load = [command.fetch, failure, command.conditionImageMatch, all];
  return [command.overrideParameters, parameters, ...gate, ...load];
}

function readInstall(sequence: CborFields): LicenseBlock {
  sequence.expect(command.overrideParameters);
  const parameters = sequence.map();
  read(parameters, parameter.uri).expect(suit.payload.firmware);
  const license = readLicenseBlock(read(parameters, parameter.touchmarkLicense).embedded().array());
  parameters.end();
  const { all, failure } = reportingPolicy;
  expectAll(sequence, [command.conditionTouchmarkLicense, all, command.fetch, failure]);
  expectOnly(sequence, [command.conditionImageMatch, all]);
  return license;
}

function licenseItem(block: LicenseBlock): CborInput {
  return [
    suit.licenseBlockLayout,
    suit.proofType.witnessedHeader,
    block.chainId,
    block.board,
    block.boardCodeHash,
    block.manufacturerId,
    block.securityVersion,
    block.minBlock,
    block.version,
  ];
}

function readLicenseBlock(item: CborFields): LicenseBlock {
  item.expect(suit.licenseBlockLayout);
  // The rest of a block of another proof type is not ours to judge.
  if (item.uint() !== BigInt(suit.proofType.witnessedHeader)) throw new TouchmarkError("PROOF_TYPE_UNKNOWN");
  const block = {
    chainId: item.uint(),
    board: item.bytes(20),
    boardCodeHash: item.bytes(32),
    manufacturerId: item.uint(),
    securityVersion: item.number(UINT32_MAX),
    minBlock: item.uint(),
    version: item.text(),
  };
  item.end();
  if (!isReleaseVersion(block.version)) throw item.refusal();
  return block;
}

export function isReleaseVersion(text: string): boolean {
  return VERSION.test(text) && text.length <= limits.versionBytes;
}

function read(map: CborFields, label: number): CborFields {
  map.expect(label);
  return map;
}

function expectAll(items: CborFields, expected: readonly number[]): void {
  for (const value of expected) items.expect(value);
}

function expectOnly(items: CborFields, expected: readonly number[]): void {
  expectAll(items, expected);
  items.end();
}
