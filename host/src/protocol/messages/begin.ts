// SPDX-License-Identifier: Apache-2.0
import type { AnswerFields } from "../answer-fields.ts";
import { toHex } from "../bytes.ts";
import { type Life, lifeOf } from "../life.ts";

/** The unit after begin: it has a key, and the session is the nonce's. */
export interface Begun {
  readonly chipId: string;
  readonly address: string;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly life: Life;
}

/** @throws MESSAGE_FIELD */
export function readBegun(answer: AnswerFields): Begun {
  return {
    chipId: toHex(answer.bytes("chip", 8)),
    address: `0x${toHex(answer.bytes("address", 20))}`,
    publicKey: answer.bytes("pub", 33),
    life: lifeOf(answer.uint("life")),
  };
}
