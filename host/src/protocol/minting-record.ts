// SPDX-License-Identifier: Apache-2.0
// A unit's minting record: what its line vouches for at birth. Deterministic CBOR in COSE_Sign1, protocol/minting-record.md.
import { TouchmarkError } from "../errors.ts";
import { concatBytes, fromHex, toHex } from "./bytes.ts";
import { type CborInput, encode, Tag } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { expectEs256k, readThumbprint } from "./cose-header.ts";
import { cose, domains, limits, mintingRecord as numbers } from "./generated.ts";
import { sha256 } from "./secp256k1.ts";

export const mintingTests = ["ict", "qa"] as const;
export type MintingTest = (typeof mintingTests)[number];

export interface TestResult {
  readonly test: MintingTest;
  readonly passed: boolean;
  /** SHA-256 of the report. */
  readonly report: Uint8Array;
}

export interface MintingRecord {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  /** O of the certificates. */
  readonly manufacturer: string;
  readonly hardwareModel: string;
  readonly serial: string;
  /** 16 lower-case hexadecimal digits. */
  readonly chipId: string;
  /** 0x and 40 lower-case hexadecimal digits. */
  readonly address: string;
  /** SHA-256 of the device certificate's DER. */
  readonly certificateHash: Uint8Array;
  /** Manifest digest of the firmware that the unit was born under. */
  readonly firmwareDigest: Uint8Array;
  /** Unix seconds. */
  readonly date: number;
  readonly tests: readonly TestResult[];
  /** `imeiHash`, of units that have one: the IMEI itself stays in the ledger. */
  readonly imeiHash?: Uint8Array;
}

export interface SignedMintingRecord {
  /** As encoded: it is signed and hashed as it stands. */
  readonly protectedHeader: Uint8Array;
  /** SHA-256 of the DER of the line certificate whose key signed. */
  readonly lineHash: Uint8Array;
  readonly payload: Uint8Array;
  readonly record: MintingRecord;
  /** r ‖ s. */
  readonly signature: Uint8Array;
}

const MALFORMED = "MINTING_MALFORMED";
const ANY = limits.mintingRecordBytes;
const TEXT_MAX = 64;
const { field } = numbers;

/**
 * @param lineHash SHA-256 of the line certificate's DER @param sign gives r ‖ s over a digest
 * @throws MINTING_MALFORMED for a record that no reader takes
 */
export async function signMintingRecord(
  record: MintingRecord,
  lineHash: Uint8Array,
  sign: (digest: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const protectedHeader = encode(
    new Map<number, CborInput>([
      [cose.header.alg, cose.alg.es256k],
      [cose.header.x5t, [cose.digestSha256, lineHash]],
    ]),
  );
  const payload = encodeContent(record);
  const signature = await sign(mintingDigest(protectedHeader, payload));
  const bytes = encode(new Tag([protectedHeader, new Map(), payload, signature], cose.tagSign1));
  decodeMintingRecord(bytes);
  return bytes;
}

/** SHA-256 of RFC 9052's Sig_structure. */
export function mintingDigest(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array {
  return sha256(encode(["Signature1", protectedHeader, new Uint8Array(), payload]));
}

/** What a batch's leaf holds of it. @param salt 32 bytes */
export function mintingRecordHash(record: Uint8Array, salt: Uint8Array): Uint8Array {
  return salted(domains.mintingRecord, salt, record);
}

/** What a batch's leaf holds of the product serial number. */
export function saltedSerialHash(serial: string, salt: Uint8Array): Uint8Array {
  return salted(domains.saltedSerial, salt, Buffer.from(serial, "ascii"));
}

/** What the record holds of the IMEI. @param salt another one, 32 bytes: it is told to whom the IMEI is told */
export function imeiHash(imei: string, salt: Uint8Array): Uint8Array {
  return salted(domains.mintingImei, salt, Buffer.from(imei, "ascii"));
}

/** @throws MINTING_MALFORMED, COSE_ALGORITHM */
export function decodeMintingRecord(bytes: Uint8Array): SignedMintingRecord {
  if (bytes.length > limits.mintingRecordBytes)
    throw new TouchmarkError(MALFORMED, { data: { bytes: bytes.length, maximum: limits.mintingRecordBytes } });
  const item = CborFields.open(bytes, MALFORMED).tagged(cose.tagSign1).array(4, 4);
  const protectedHeader = item.bytes(0, ANY);
  const lineHash = readProtected(protectedHeader);
  item.map().end();
  const payload = item.bytes(0, ANY);
  const record = readContent(payload);
  return { protectedHeader, lineHash, payload, record, signature: item.bytes(64) };
}

function salted(domain: string, salt: Uint8Array, value: Uint8Array): Uint8Array {
  if (salt.length !== 32) throw new RangeError("a salt is 32 bytes");
  return sha256(concatBytes(Buffer.from(`${domain}\0`), salt, value));
}

function encodeContent(record: MintingRecord): Uint8Array {
  return encode(
    new Map<number, CborInput>([
      [field.layout, numbers.layout],
      [field.chainId, record.chainId],
      [field.manufacturerId, record.manufacturerId],
      [field.manufacturer, record.manufacturer],
      [field.model, record.hardwareModel],
      [field.serial, record.serial],
      [field.chip, fromHex(record.chipId)],
      [field.address, fromHex(record.address)],
      [field.certificate, record.certificateHash],
      [field.firmware, record.firmwareDigest],
      [field.date, record.date],
      [field.tests, record.tests.map(({ test, passed, report }) => [numbers.test[test], passed, report])],
      ...(record.imeiHash ? ([[field.imei, record.imeiHash]] as const) : []),
    ]),
  );
}

function readContent(bytes: Uint8Array): MintingRecord {
  const fields = CborFields.open(bytes, MALFORMED).map();
  const at = (label: number): CborFields => {
    fields.expect(label);
    return fields;
  };
  at(field.layout).expect(numbers.layout);
  const record = {
    chainId: at(field.chainId).uint(),
    manufacturerId: at(field.manufacturerId).uint(),
    manufacturer: text(at(field.manufacturer), TEXT_MAX),
    hardwareModel: text(at(field.model), limits.hardwareModelBytes),
    serial: text(at(field.serial), TEXT_MAX),
    chipId: toHex(at(field.chip).bytes(8)),
    address: `0x${toHex(at(field.address).bytes(20))}`,
    certificateHash: at(field.certificate).bytes(32),
    firmwareDigest: at(field.firmware).bytes(32),
    date: at(field.date).number(Number.MAX_SAFE_INTEGER),
    tests: readTests(at(field.tests).array(0, mintingTests.length)),
    ...(fields.left > 0 && { imeiHash: at(field.imei).bytes(32) }),
  };
  fields.end();
  return record;
}

/** Each at most once, in the order of their numbers. */
function readTests(items: CborFields): TestResult[] {
  let last = 0;
  return items.each((each) => {
    const item = each.array(3, 3);
    const number = item.number(0xff);
    const test = mintingTests.find((name) => numbers.test[name] === number);
    if (test === undefined || number <= last) throw item.refusal();
    last = number;
    return { test, passed: item.flag(), report: item.bytes(32) };
  });
}

function readProtected(bytes: Uint8Array): Uint8Array {
  const header = CborFields.open(bytes, MALFORMED).map();
  expectEs256k(header);
  return readThumbprint(header);
}

function text(fields: CborFields, maximum: number): string {
  const value = fields.text();
  if (value === "" || Buffer.byteLength(value) > maximum) throw fields.refusal();
  return value;
}
