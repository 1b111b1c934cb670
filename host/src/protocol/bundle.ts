// SPDX-License-Identifier: Apache-2.0
// The bundle: a SUIT envelope in the one profile of protocol/bundle.md. It is walked head by head, as the device does it,
// so that a bound is judged before anything behind it.
import { TouchmarkError } from "../errors.ts";
import { type CborInput, encode, Tag } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { cose, limits, suit } from "./generated.ts";
import { encodeSuitDigest, readSuitDigest } from "./suit-manifest.ts";

/** The parts as encoded; decoders of their own read them. */
export interface Bundle {
  readonly authentication: Uint8Array;
  readonly manifest: Uint8Array;
  readonly chain: Uint8Array;
  readonly payload: Payload;
}

export interface Payload {
  readonly kind: "firmware" | "delta";
  readonly bytes: Uint8Array;
}

/** The authentication wrapper: what is signed, and the encoded COSE_Sign1 over it. */
export interface Authentication {
  readonly manifestDigest: Uint8Array;
  /** The encoded suit-digest: COSE's detached payload. */
  readonly suitDigest: Uint8Array;
  readonly cose: Uint8Array;
}

export function encodeAuthentication(manifestDigest: Uint8Array, coseSign1: Uint8Array): Uint8Array {
  return encode([encodeSuitDigest(manifestDigest), coseSign1]);
}

/** @throws ENVELOPE_MALFORMED. Does not look into the COSE_Sign1. */
export function decodeAuthentication(bytes: Uint8Array): Authentication {
  const item = CborFields.open(bytes, "ENVELOPE_MALFORMED").array(2, 2);
  const suitDigest = item.bytes(0, bytes.length);
  const manifestDigest = readSuitDigest(CborFields.open(suitDigest, "ENVELOPE_MALFORMED"));
  return { manifestDigest, suitDigest, cose: item.bytes(0, bytes.length) };
}

export function encodeBundle({ authentication, manifest, chain, payload }: Bundle): Uint8Array {
  const map = new Map<number | string, CborInput>([
    [suit.envelope.authenticationWrapper, authentication],
    [suit.envelope.manifest, manifest],
    [suit.payload.chain, chain],
    [suit.payload[payload.kind], payload.bytes],
  ]);
  return encode(new Tag(map, cose.tagSuitEnvelope));
}

/** @throws ENVELOPE_MALFORMED, ENVELOPE_TOO_LARGE */
export function decodeBundle(bytes: Uint8Array): Bundle {
  const walk = new EnvelopeWalk(bytes);
  walk.expect(MAJOR.tag, cose.tagSuitEnvelope);
  walk.expect(MAJOR.map, PAIRS);
  walk.expect(MAJOR.uint, suit.envelope.authenticationWrapper);
  const authentication = walk.part(limits.authenticationBytes);
  walk.expect(MAJOR.uint, suit.envelope.manifest);
  const manifest = walk.part(limits.manifestBytes);
  if (walk.text() !== suit.payload.chain) throw malformed();
  const chain = walk.part(limits.bundleStagingBytes);
  const kind = PAYLOAD_KINDS.get(walk.text());
  if (kind === undefined) throw malformed();
  return { authentication, manifest, chain, payload: { kind, bytes: walk.rest() } };
}

const PAIRS = 4;
const MAJOR = { uint: 0, bstr: 2, tstr: 3, map: 5, tag: 6, simple: 7 } as const;
const SIMPLE_FALSE = 20;
const SIMPLE_NULL = 22;
const HEAD_BYTES_MAX = 9;
const TEXT_BYTES_MAX = suit.payload.firmware.length;
const PAYLOAD_KINDS: ReadonlyMap<string, Payload["kind"]> = new Map([
  [suit.payload.firmware, "firmware"],
  [suit.payload.delta, "delta"],
] as const);

/** Heads and keys lie in what a unit stages; only the payload may reach beyond. */
class EnvelopeWalk {
  readonly #bytes: Uint8Array;
  readonly #stagedEnd: number;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#stagedEnd = Math.min(bytes.length, limits.bundleStagingBytes);
  }

  expect(major: number, value: number): void {
    if (this.#head(major) !== value) throw malformed();
  }

  /** A byte string that has to lie in front of the payload. */
  part(max: number): Uint8Array {
    const length = this.#head(MAJOR.bstr);
    if (length > this.#bytes.length - this.#at) throw malformed();
    if (length > max || this.#at + length > limits.bundleStagingBytes) throw tooLarge();
    return this.#take(length);
  }

  text(): string {
    const length = this.#head(MAJOR.tstr);
    if (length > TEXT_BYTES_MAX || length > this.#bytes.length - this.#at) throw malformed();
    if (length > this.#stagedEnd - this.#at) throw this.#beyond();
    return Buffer.from(this.#take(length)).toString("latin1");
  }

  /** A byte string that ends the bundle. */
  rest(): Uint8Array {
    const length = this.#head(MAJOR.bstr);
    if (length !== this.#bytes.length - this.#at) throw malformed();
    return this.#take(length);
  }

  #take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** The argument of a head of this major type in its shortest form. */
  #head(major: number): number {
    const refusal = this.#at + HEAD_BYTES_MAX > this.#stagedEnd ? this.#beyond() : malformed();
    const first = this.#bytes[this.#at];
    if (first === undefined || this.#at >= this.#stagedEnd) throw refusal;
    const info = first & 0x1f;
    const width = info < 24 ? 0 : 1 << (info - 24);
    if (first >> 5 === MAJOR.simple && (info < SIMPLE_FALSE || info > SIMPLE_NULL)) throw refusal;
    if (info > 27 || this.#at + 1 + width > this.#stagedEnd) throw refusal;
    this.#at += 1;
    const value = width === 0 ? info : this.#take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    if (width > 0 && value < (width === 1 ? 24 : 256 ** (width / 2))) throw refusal;
    if (first >> 5 !== major) throw malformed();
    return value;
  }

  /** What the end of the staged bytes means. */
  #beyond(): TouchmarkError {
    return this.#bytes.length > limits.bundleStagingBytes ? tooLarge() : malformed();
  }
}

const malformed = (): TouchmarkError => new TouchmarkError("ENVELOPE_MALFORMED");
const tooLarge = (): TouchmarkError => new TouchmarkError("ENVELOPE_TOO_LARGE");
