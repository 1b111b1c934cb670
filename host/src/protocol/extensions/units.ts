// SPDX-License-Identifier: Apache-2.0
// touchmarkUnits ::= INTEGER (1..1000000): device certificates that a line may issue.
import { TouchmarkError } from "../../errors.ts";
import type { DerReader } from "../der.ts";
import { type Asn1, integer } from "../der-writer.ts";

export const UNITS_MAX = 1_000_000;

export const units = (count: number): Asn1 => integer(count);

export function readUnits(reader: DerReader): number {
  const count = Number(reader.uint64());
  if (count < 1 || count > UNITS_MAX) throw new TouchmarkError("CERT_PROFILE", { data: { what: "touchmarkUnits" } });
  return count;
}
