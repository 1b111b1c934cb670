// SPDX-License-Identifier: Apache-2.0
import { errorName, TouchmarkError } from "../../errors.ts";
import type { AnswerFields } from "../answer-fields.ts";
import { type Boot, bootOf } from "../boot.ts";
import { toHex } from "../bytes.ts";
import { type Life, lifeOf } from "../life.ts";

/** Of group 64's messages; a unit that says another is not spoken to. */
const PROTOCOL_VERSION = 1;

/** Who answers, and what it runs. */
export interface Hello {
  /** The port of the firmware: `virt`, `host`, `esp32c3`. */
  readonly port: string;
  /** 16 lower-case hexadecimal digits. */
  readonly chipId: string;
  readonly life: Life;
  /** How the bootloader came to start what runs. */
  readonly boot: Boot;
  /** False once the chip's debug and download ports are closed for good. */
  readonly debug: boolean;
  /** Of the running release, and the digest of its manifest. */
  readonly version: string;
  readonly digest: Uint8Array;
  readonly slot: number;
  readonly classId: Uint8Array;
  readonly vendorId: Uint8Array;
  readonly chainId: bigint;
  /** Absent until the device key is born. */
  readonly address?: string;
  /** Why a unit whose flash holds an identity has none: IDENTITY_FOREIGN. */
  readonly trouble?: string;
}

/** @throws MESSAGE_FIELD */
export function readHello(answer: AnswerFields): Hello {
  if (answer.uint("proto") !== PROTOCOL_VERSION) {
    throw new TouchmarkError("MESSAGE_FIELD", { data: { field: "proto" } });
  }
  return {
    port: answer.text("port"),
    chipId: toHex(answer.bytes("chip", 8)),
    life: lifeOf(answer.uint("life")),
    boot: bootOf(answer.uint("boot")),
    debug: answer.flag("debug"),
    version: answer.text("version"),
    digest: answer.bytes("digest", 32),
    slot: answer.uint("slot", 1),
    classId: answer.bytes("class", 16),
    vendorId: answer.bytes("vendor", 16),
    chainId: answer.uint64("chainId"),
    ...(answer.has("trouble") && { trouble: errorName(answer.uint("trouble")) ?? `${answer.uint("trouble")}` }),
    ...(answer.has("address") && { address: `0x${toHex(answer.bytes("address", 20))}` }),
  };
}
