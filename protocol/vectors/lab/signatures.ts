// SPDX-License-Identifier: Apache-2.0
// Signatures that a signer would not make.
import { Point } from "@noble/secp256k1";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";

const ORDER = Point.CURVE().n;
const scalar = (value: bigint): string => value.toString(16).padStart(64, "0");

/** r, n − s: as valid as r, s for whoever does not look. */
export function negated(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${toHex(signature.slice(32))}`);
  return fromHex(toHex(signature.slice(0, 32)) + scalar(ORDER - s));
}

export const SIGNATURE_ZERO_R: Uint8Array = fromHex(scalar(0n) + scalar(1n));
export const SIGNATURE_LARGE_R: Uint8Array = fromHex(scalar(ORDER) + scalar(1n));
