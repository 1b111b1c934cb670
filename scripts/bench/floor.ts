// SPDX-License-Identifier: Apache-2.0
// What an install decision, or a boot, cannot do without, in instructions on rv32imc, as measured for libsecp256k1 0.5.0,
// core/sha256.c and core/keccak.c.
const PER_VERIFY = 2_150_000;
const PER_SHA256_BYTE = 93;
const PER_KECCAK_BLOCK = 24_600;

export interface Hashed {
  readonly sha256Bytes: number;
  readonly keccakBlocks: number;
}

/** The image's hash; certificate and manifest, each verified twice: what a boot of a locked unit cannot do without. */
export const bootFloor = (imageBytes: number): number => imageBytes * PER_SHA256_BYTE + 4 * PER_VERIFY;

/** Certificate, manifest and each witness, twice: what a unit does beyond it is overhead. */
export function floorOf(witnesses: number, { sha256Bytes, keccakBlocks }: Hashed): { required: number; floor: number } {
  const required = 2 * (2 + witnesses);
  const floor = required * PER_VERIFY + sha256Bytes * PER_SHA256_BYTE + keccakBlocks * PER_KECCAK_BLOCK;
  return { required, floor };
}
