// SPDX-License-Identifier: Apache-2.0
// All of a unit that decides whether it takes a release: what `touchmark device state` exports and `release verify` reads.
import { TouchmarkError } from "../../errors.ts";
import type { AnswerFields } from "../answer-fields.ts";
import { equalBytes, fromHex, toHex } from "../bytes.ts";
import { type Life, lifeOf } from "../life.ts";
import { decodeTrustBlock, encodeTrustBlock, type TrustBlock, trustHash } from "../trust-block.ts";

export interface UnitState {
  readonly life: Life;
  /** With the unit's floor. */
  readonly trust: TrustBlock;
  /** Lowest security version that may be installed. */
  readonly rollback: number;
  /** The running release. */
  readonly sequence: number;
  readonly slot: number;
  readonly digest: Uint8Array;
  readonly version: string;
  readonly securityVersion: number;
}

/** @throws MESSAGE_FIELD, TRUST_BLOCK_MALFORMED */
export function readUnitState(answer: AnswerFields): UnitState {
  const trust = decodeTrustBlock(answer.bytes("trust"));
  if (!equalBytes(answer.bytes("trustHash", 32), trustHash(trust))) {
    throw new TouchmarkError("MESSAGE_FIELD", { data: { field: "trustHash" } });
  }
  return {
    life: lifeOf(answer.uint("life")),
    trust,
    rollback: answer.uint("rollback"),
    sequence: answer.uint("sequence"),
    slot: answer.uint("slot", 1),
    digest: answer.bytes("digest", 32),
    version: answer.text("version"),
    securityVersion: answer.uint("securityVersion"),
  };
}

/** As the file holds it: JSON, bytes in hexadecimal. */
export interface UnitStateJson extends Omit<UnitState, "trust" | "digest"> {
  readonly trust: string;
  readonly digest: string;
}

export function unitStateToJson(state: UnitState): UnitStateJson {
  return { ...state, trust: toHex(encodeTrustBlock(state.trust)), digest: toHex(state.digest) };
}

/** @throws MESSAGE_FIELD, TRUST_BLOCK_MALFORMED */
export function unitStateFromJson(json: unknown): UnitState {
  const state = (typeof json === "object" && json !== null ? json : {}) as UnitStateJson;
  for (const field of ["rollback", "sequence", "slot", "securityVersion"] as const)
    if (!Number.isSafeInteger(state[field]) || state[field] < 0) throw wrong(field);
  return { ...state, trust: decodeTrustBlock(hexOf(state.trust, "trust")), digest: hexOf(state.digest, "digest") };
}

function hexOf(text: unknown, field: "trust" | "digest"): Uint8Array {
  try {
    return fromHex(String(text));
  } catch (cause) {
    throw wrong(field, cause);
  }
}

const wrong = (field: string, cause?: unknown): TouchmarkError =>
  new TouchmarkError("MESSAGE_FIELD", {
    data: { field, expected: "the file that touchmark device state wrote" },
    cause,
  });
