// SPDX-License-Identifier: Apache-2.0
// A delta: an image as changes of another, the base (protocol/bundle.md, Delta). The twin of firmware/core/delta.c.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import { layouts, limits, delta as model } from "./generated.ts";
import { type BitCoder, RangeDecoder, RangeEncoder } from "./range-coder.ts";
import { sha256 } from "./secp256k1.ts";

/** Bytes of the image, in order: a copy of the base in which bytes may differ, then bytes of its own. */
export interface Change {
  /** Where the copy starts in the base. */
  readonly from: number;
  /** Bytes of the copy. */
  readonly like: number;
  /** Bytes behind it that the base does not have. */
  readonly fresh: number;
}

const header = layouts.deltaHeader;
const { baseSize, baseDigest } = header.fields;

export function encodeDelta(base: Uint8Array, image: Uint8Array, changes: readonly Change[]): Uint8Array {
  const encoder = new RangeEncoder(PROBABILITIES, model.adaptation);
  code(encoder, base, image, changes);
  const stream = encoder.finish();
  const out = Buffer.alloc(header.size + stream.length);
  out.write(header.magic, "latin1");
  out[header.fields.layout.offset] = model.layout;
  out.writeUInt32BE(base.length, baseSize.offset);
  out.set(sha256(base), baseDigest.offset);
  out.set(stream, header.size);
  return Uint8Array.from(out);
}

/** Judges the header alone. @throws DELTA_MALFORMED, DELTA_BASE_MISMATCH */
export function requireBase(bytes: Uint8Array, base: Uint8Array): void {
  const view = Buffer.from(bytes.subarray(0, header.size));
  const { layout, reserved } = header.fields;
  const isDelta =
    bytes.length > header.size &&
    view.toString("latin1", 0, header.magic.length) === header.magic &&
    view[layout.offset] === model.layout &&
    view.subarray(reserved.offset, reserved.offset + reserved.size).every((byte) => byte === 0);
  if (!isDelta) throw malformed();
  const digest = view.subarray(baseDigest.offset, baseDigest.offset + baseDigest.size);
  if (view.readUInt32BE(baseSize.offset) !== base.length || !equalBytes(digest, sha256(base)))
    throw new TouchmarkError("DELTA_BASE_MISMATCH");
}

/** @param size of the image, as signed. @throws DELTA_MALFORMED, DELTA_BASE_MISMATCH */
export function applyDelta(bytes: Uint8Array, base: Uint8Array, size: number): Uint8Array {
  requireBase(bytes, base);
  const image = new Uint8Array(size);
  const decoder = new RangeDecoder(bytes.subarray(header.size), PROBABILITIES, model.adaptation);
  code(decoder, base, image);
  decoder.end();
  return image;
}

/** A unit judges the header before it writes: it has to lie in what is staged. A delta without a stream is no delta. */
export function headerIsStaged(payloadOffset: number, { length }: Uint8Array): boolean {
  return length <= header.size || payloadOffset + header.size <= limits.bundleStagingBytes;
}

// Indexes of the model's probabilities, as in firmware/core/delta.h.
const NUMBER = { like: 0, fresh: 1, jump: 2 } as const;
const BYTE_VALUES = 256;
const NUMBER_CONTEXTS = 2 << model.numberBits;
const CHANGED = Object.keys(NUMBER).length * NUMBER_CONTEXTS;
const DIFFERENCE = CHANGED + 2 * model.history;
const FRESH = DIFFERENCE + 4 * BYTE_VALUES;
const PROBABILITIES = FRESH + 2 * BYTE_VALUES;

/** Both ways: an encoder walks the changes and reads the image, a decoder finds the changes and writes it. */
function code(coder: BitCoder, base: Uint8Array, image: Uint8Array, changes?: readonly Change[]): void {
  let at = 0;
  let after = 0; // in the base, behind the last copy
  for (let index = 0; at < image.length; index++) {
    const change = changes?.[index];
    const like = codeNumber(coder, NUMBER.like, change?.like);
    if (like > image.length - at) throw malformed();
    const fresh = codeNumber(coder, NUMBER.fresh, change?.fresh);
    if (fresh > image.length - at - like || like + fresh === 0) throw malformed();
    const from = codeJump(coder, after, change?.from);
    if (from < 0 || from > base.length || like > base.length - from) throw malformed();
    codeCopy(coder, base.subarray(from, from + like), image, at);
    at += like;
    for (const end = at + fresh; at < end; at++)
      image[at] = codeTree(coder, FRESH + BYTE_VALUES * parity(image, at), 8, image[at]);
    after = from + like;
  }
}

function codeCopy(coder: BitCoder, copied: Uint8Array, image: Uint8Array, start: number): void {
  let history = 0; // of the copy's last bytes, which differed
  copied.forEach((byte, index) => {
    const at = start + index;
    const odd = parity(image, at);
    const known = ((image[at] ?? 0) - byte) & 0xff;
    const changed = coder.bit(CHANGED + 2 * history + odd, known === 0 ? 0 : 1);
    const context = DIFFERENCE + BYTE_VALUES * (2 * odd + (history & 1));
    image[at] = byte + (changed === 0 ? 0 : codeTree(coder, context, 8, known));
    history = (2 * history + changed) % model.history;
  });
}

const parity = (image: Uint8Array, at: number): number => (image.length - at) & 1;

/** Even forward, odd back. */
function codeJump(coder: BitCoder, after: number, from: number | undefined): number {
  const way = (from ?? after) - after;
  const jump = codeNumber(coder, NUMBER.jump, way < 0 ? -2 * way - 1 : 2 * way);
  return jump % 2 === 1 ? after - (jump + 1) / 2 : after + jump / 2;
}

/** Its width in bits, then the bits below the first. */
function codeNumber(coder: BitCoder, which: number, known = 0): number {
  const at = which * NUMBER_CONTEXTS;
  const width = codeTree(coder, at, model.numberBits, known === 0 ? 0 : 32 - Math.clz32(known));
  if (width > model.numberWidthMax) throw malformed();
  let value = width > 0 ? 1 : 0;
  for (let bit = width - 2; bit >= 0; bit--)
    value = 2 * value + coder.bit(at + (1 << model.numberBits) + width, (known >> bit) & 1);
  return value;
}

function codeTree(coder: BitCoder, at: number, bits: number, known = 0): number {
  let node = 1;
  for (let bit = bits - 1; bit >= 0; bit--) node = 2 * node + coder.bit(at + node, (known >> bit) & 1);
  return node - (1 << bits);
}

const malformed = (): TouchmarkError => new TouchmarkError("DELTA_MALFORMED");
