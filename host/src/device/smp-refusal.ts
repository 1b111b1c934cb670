// SPDX-License-Identifier: Apache-2.0
// SMP's two ways to say no: version 2 `{err: {group, rc}}`, version 1 `{rc}`, with perUser + code for a code of ours.
import { errorName, TouchmarkError } from "../errors.ts";
import type { CborValue } from "../protocol/cbor.ts";
import { smp } from "../protocol/generated.ts";
import type { SmpPacket } from "../protocol/smp-packet.ts";

/** The error that an answer carries; undefined for a good one. */
export function smpRefusal(
  { group, command }: SmpPacket,
  answer: ReadonlyMap<string, CborValue>,
): TouchmarkError | undefined {
  const err = answer.get("err");
  if (err instanceof Map) {
    const errors = err as ReadonlyMap<string, CborValue>;
    return refusal(errors.get("group"), errors.get("rc"), { group, command });
  }
  const rc = answer.get("rc");
  if (rc === undefined || rc === smp.rc.ok) return undefined;
  const isOurs = typeof rc === "number" && rc >= smp.rc.perUser;
  return isOurs
    ? refusal(smp.group.touchmark, rc - smp.rc.perUser, { group, command })
    : refusal(smp.group.os, rc, { group, command });
}

function refusal(
  errorGroup: CborValue | undefined,
  rc: CborValue | undefined,
  request: { group: number; command: number },
): TouchmarkError {
  const name = errorGroup === smp.group.touchmark && typeof rc === "number" ? errorName(rc) : undefined;
  if (name) return new TouchmarkError(name, { data: { from: "unit" } });
  return new TouchmarkError("SMP_ERROR", { data: { ...request, errorGroup, rc, name: rcName(rc) } });
}

function rcName(rc: CborValue | undefined): string | undefined {
  return Object.entries(smp.rc).find(([, number]) => number === rc)?.[0];
}
