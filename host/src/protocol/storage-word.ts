// SPDX-License-Identifier: Apache-2.0
// The board's provable words and where they stand in its storage: protocol/words.md.
import { TouchmarkError } from "../errors.ts";
import { fromHex } from "./bytes.ts";
import { slotBases, words } from "./generated.ts";
import { mappingSlot, uint256 } from "./storage-slot.ts";

export interface LicenseWord {
  /** A number of `words.licenseStatus`, or one that this version does not know. */
  readonly status: number;
  readonly minSecurityVersion: number;
  /** Unix seconds; 0 is expired. */
  readonly expiry: bigint;
  readonly otaSigner: Uint8Array;
}

export interface ReleaseWord {
  readonly status: number;
  readonly securityVersion: number;
  readonly announcedBlock: bigint;
  readonly announcer: Uint8Array;
}

/** The first 31 bytes of SHA-256 over the root certificate. */
export type RootWord = Uint8Array;

/** WORD_MALFORMED unless `leaf` is RLP of exactly 32 bytes, the first not zero. */
export function decodeStorageWord(leaf: Uint8Array): Uint8Array {
  if (leaf.length !== 33 || leaf[0] !== 0xa0 || leaf[1] === 0) throw malformed("not RLP of a full word");
  return leaf.subarray(1);
}

export function decodeLicenseWord(word: Uint8Array): LicenseWord {
  const view = layoutChecked(word);
  return {
    status: view.getUint8(1),
    minSecurityVersion: view.getUint32(2),
    expiry: uint48(view, 6),
    otaSigner: word.subarray(12, 32),
  };
}

export function decodeReleaseWord(word: Uint8Array): ReleaseWord {
  const view = layoutChecked(word);
  return {
    status: view.getUint8(1),
    securityVersion: view.getUint32(2),
    announcedBlock: uint48(view, 6),
    announcer: word.subarray(12, 32),
  };
}

export function decodeRootWord(word: Uint8Array): RootWord {
  layoutChecked(word);
  return word.subarray(1);
}

export function encodeLicenseWord(word: LicenseWord): Uint8Array {
  return encodeWord(word.status, word.minSecurityVersion, word.expiry, word.otaSigner);
}

export function encodeReleaseWord(word: ReleaseWord): Uint8Array {
  return encodeWord(word.status, word.securityVersion, word.announcedBlock, word.announcer);
}

export function encodeRootWord(prefix: RootWord): Uint8Array {
  return Uint8Array.of(words.layout, ...prefix);
}

/** The 32-byte slot of each word; `digest` is the manifest digest. */
export const licenseSlot = (manufacturerId: bigint): Uint8Array =>
  mappingSlot(uint256(manufacturerId), fromHex(slotBases.license));
export const rootSlot = (manufacturerId: bigint): Uint8Array =>
  mappingSlot(uint256(manufacturerId), fromHex(slotBases.root));
export const releaseSlot = (manufacturerId: bigint, digest: Uint8Array): Uint8Array =>
  mappingSlot(digest, mappingSlot(uint256(manufacturerId), fromHex(slotBases.release)));

function layoutChecked(word: Uint8Array): DataView {
  if (word.length !== 32 || word[0] !== words.layout) throw malformed("another layout");
  return new DataView(word.buffer, word.byteOffset, word.byteLength);
}

function encodeWord(status: number, securityVersion: number, u48: bigint, address: Uint8Array): Uint8Array {
  const word = new Uint8Array(32);
  const view = new DataView(word.buffer);
  view.setBigUint64(4, u48);
  view.setUint8(0, words.layout);
  view.setUint8(1, status);
  view.setUint32(2, securityVersion);
  word.set(address, 12);
  return word;
}

function uint48(view: DataView, offset: number): bigint {
  return (BigInt(view.getUint16(offset)) << 32n) | BigInt(view.getUint32(offset + 2));
}

function malformed(what: string): TouchmarkError {
  return new TouchmarkError("WORD_MALFORMED", { data: { what } });
}
