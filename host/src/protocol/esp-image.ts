// SPDX-License-Identifier: Apache-2.0
// What the ESP32-C3's mask ROM loads from offset 0 of the flash: a header, segments for RAM, a checksum, and a SHA-256
// over all of it. Integers little-endian. Layout: esptool's documentation, "Firmware Image Format".
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { sha256 } from "./secp256k1.ts";

export interface EspSegment {
  /** In RAM. */
  readonly address: number;
  /** Filled with zeros to whole words. */
  readonly bytes: Uint8Array;
}

export interface EspImage {
  readonly entry: number;
  readonly segments: readonly EspSegment[];
}

const MAGIC = 0xe9;
const CHIP_ESP32C3 = 5;
const HEADER_BYTES = 24;
const SEGMENT_HEADER_BYTES = 8;
const DIGEST_BYTES = 32;
const MODE_DIO = 2;
const SIZE_4_MIB_FREQUENCY_40_MHZ = 0x20;
const NO_WRITE_PROTECT_PIN = 0xee;
const CHECKSUM_SEED = 0xef;
const ANY_REVISION = 0xffff;
const SEGMENT_LIMIT = 16;
const CHECKSUM_GRAIN = 16;

// SRAM as the mask ROM may fill it: above 0x3fcdc710 it keeps its own data. Instruction and data bus, TRM 3.3.2.
const RAM = [
  { from: 0x3fc80000, to: 0x3fcdc710 },
  { from: 0x4037c000, to: 0x403dc710 },
];

const INSTRUCTION_BUS = 0x40000000;
const BUS_DISTANCE = 0x700000;

const align = (length: number, grain: number): number => Math.ceil(length / grain) * grain;

/** @throws ESP_IMAGE_MALFORMED, ESP_IMAGE_SEGMENT */
export function encodeEspImage({ entry, segments }: EspImage): Uint8Array {
  checkForm({ entry, segments });
  const sizes = segments.map(({ bytes }) => align(bytes.length, 4));
  const body = HEADER_BYTES + sizes.reduce((sum, size) => sum + SEGMENT_HEADER_BYTES + size, 0);
  const end = align(body + 1, CHECKSUM_GRAIN);
  const image = Buffer.alloc(end + DIGEST_BYTES);
  image.set([MAGIC, segments.length, MODE_DIO, SIZE_4_MIB_FREQUENCY_40_MHZ]);
  image.writeUInt32LE(entry, 4);
  image.writeUInt8(NO_WRITE_PROTECT_PIN, 8);
  image.writeUInt16LE(CHIP_ESP32C3, 12);
  image.writeUInt16LE(ANY_REVISION, 17);
  image.writeUInt8(1, 23);
  let at = HEADER_BYTES;
  segments.forEach(({ address, bytes }, index) => {
    const size = sizes[index] ?? 0;
    image.writeUInt32LE(address, at);
    image.writeUInt32LE(size, at + 4);
    image.set(bytes, at + SEGMENT_HEADER_BYTES);
    at += SEGMENT_HEADER_BYTES + size;
  });
  image.writeUInt8(checksum(segments), end - 1);
  image.set(sha256(image.subarray(0, end)), end);
  return image;
}

/**
 * @param bytes the image alone
 * @throws ESP_IMAGE_MALFORMED, ESP_IMAGE_CHIP, ESP_IMAGE_SEGMENT, ESP_IMAGE_CHECKSUM, ESP_IMAGE_DIGEST
 */
export function decodeEspImage(bytes: Uint8Array): EspImage {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (image.length < HEADER_BYTES + DIGEST_BYTES + CHECKSUM_GRAIN) throw malformed("length");
  if (image[0] !== MAGIC || image[2] !== MODE_DIO || image[3] !== SIZE_4_MIB_FREQUENCY_40_MHZ || image[23] !== 1)
    throw malformed("header");
  const chip = image.readUInt16LE(12);
  if (chip !== CHIP_ESP32C3) throw new TouchmarkError("ESP_IMAGE_CHIP", { data: { chip, expected: CHIP_ESP32C3 } });
  const segments: EspSegment[] = [];
  const count = image[1] ?? 0;
  let at = HEADER_BYTES;
  const end = image.length - DIGEST_BYTES;
  while (segments.length < Math.min(count, SEGMENT_LIMIT)) {
    if (at + SEGMENT_HEADER_BYTES > end) throw malformed("segment");
    const size = image.readUInt32LE(at + 4);
    const start = at + SEGMENT_HEADER_BYTES;
    if (size % 4 !== 0 || size >= end - start) throw malformed("segment");
    segments.push({ address: image.readUInt32LE(at), bytes: Uint8Array.from(image.subarray(start, start + size)) });
    at = start + size;
  }
  const decoded = { entry: image.readUInt32LE(4), segments };
  checkForm(decoded);
  if (align(at + 1, CHECKSUM_GRAIN) !== end || segments.length !== count) throw malformed("length");
  if (image[end - 1] !== checksum(segments)) throw new TouchmarkError("ESP_IMAGE_CHECKSUM");
  if (!equalBytes(sha256(image.subarray(0, end)), image.subarray(end))) throw new TouchmarkError("ESP_IMAGE_DIGEST");
  if (!equalBytes(encodeEspImage(decoded), image)) throw malformed("form");
  return decoded;
}

/** By its first byte alone. */
export function isEspImage(bytes: Uint8Array): boolean {
  return bytes[0] === MAGIC;
}

/** Length of the image that stands at the beginning of bytes. @throws ESP_IMAGE_MALFORMED where it does not end there */
export function espImageBytes(bytes: Uint8Array): number {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (image[0] !== MAGIC) throw malformed("header");
  let at = HEADER_BYTES;
  for (let left = Math.min(image[1] ?? 0, SEGMENT_LIMIT); left > 0; left--) {
    if (at + SEGMENT_HEADER_BYTES > image.length) throw malformed("segment");
    at += SEGMENT_HEADER_BYTES + image.readUInt32LE(at + 4);
  }
  const length = align(at + 1, CHECKSUM_GRAIN) + DIGEST_BYTES;
  if (length > image.length) throw malformed("length");
  return length;
}

function checkForm({ entry, segments }: EspImage): void {
  if (segments.length === 0 || segments.length > SEGMENT_LIMIT) throw malformed("segments");
  for (const { address, bytes } of segments) {
    const end = address + align(bytes.length, 4);
    const fits = address % 4 === 0 && RAM.some(({ from, to }) => address >= from && end <= to);
    if (!fits || bytes.length === 0) throw new TouchmarkError("ESP_IMAGE_SEGMENT", { data: { address, end } });
  }
  const places = segments
    .map(({ address, bytes }) => ({ from: cell(address), to: cell(address) + align(bytes.length, 4) }))
    .toSorted((a, b) => a.from - b.from);
  const overlap = places.find(({ from }, at) => from < (places[at - 1]?.to ?? 0));
  if (overlap) throw new TouchmarkError("ESP_IMAGE_SEGMENT", { data: { overlap: overlap.from } });
  const isLoaded = places.some(({ from, to }) => cell(entry) >= from && cell(entry) < to);
  if (entry < INSTRUCTION_BUS || !isLoaded) throw new TouchmarkError("ESP_IMAGE_SEGMENT", { data: { entry } });
}

/** Both buses reach the same memory, of which the instruction bus has the first 16 KiB alone (TRM 3.3.2). */
function cell(address: number): number {
  return address < INSTRUCTION_BUS ? address : address - BUS_DISTANCE;
}

function checksum(segments: readonly EspSegment[]): number {
  let sum = CHECKSUM_SEED;
  for (const { bytes } of segments) for (const byte of bytes) sum ^= byte;
  return sum;
}

function malformed(what: string): TouchmarkError {
  return new TouchmarkError("ESP_IMAGE_MALFORMED", { data: { what } });
}
