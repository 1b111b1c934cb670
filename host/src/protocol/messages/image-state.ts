// SPDX-License-Identifier: Apache-2.0
import type { AnswerFields } from "../answer-fields.ts";

/** One slot, as SMP's image group lists it. */
export interface SlotState {
  readonly slot: number;
  readonly version: string;
  /** Manifest digest. */
  readonly digest: Uint8Array;
  readonly bootable: boolean;
  readonly pending: boolean;
  readonly confirmed: boolean;
  readonly active: boolean;
  readonly permanent: boolean;
}

/** @throws MESSAGE_FIELD */
export function readImageState(answer: AnswerFields): SlotState[] {
  return answer.list("images").map((image) => ({
    slot: image.uint("slot"),
    version: image.text("version"),
    digest: image.bytes("hash", 32),
    bootable: image.flag("bootable"),
    pending: image.flag("pending"),
    confirmed: image.flag("confirmed"),
    active: image.flag("active"),
    permanent: image.flag("permanent"),
  }));
}
