// SPDX-License-Identifier: Apache-2.0
// What enroll carries: the unit's certificate path and the proof of license and root. protocol/serial.md.
import { encode } from "../cbor.ts";

export interface Enrollment {
  /** DER. */
  readonly root: Uint8Array;
  readonly line: Uint8Array;
  readonly device: Uint8Array;
  /** An encoded `#chain` block with account, license and root proofs. */
  readonly chain: Uint8Array;
}

const LAYOUT = 1;

export function encodeEnrollment({ root, line, device, chain }: Enrollment): Uint8Array {
  return encode([LAYOUT, root, line, device, chain]);
}
