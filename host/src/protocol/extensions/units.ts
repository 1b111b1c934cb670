// SPDX-License-Identifier: Apache-2.0
// touchmarkUnits ::= INTEGER (1..limits.lineUnits): device certificates that a line may issue.
import { TouchmarkError } from "../../errors.ts";
import type { DerReader } from "../der.ts";
import { type Asn1, integer } from "../der-writer.ts";
import { limits } from "../generated.ts";

export const units = (count: number): Asn1 => integer(count);

export function readUnits(reader: DerReader): number {
  const count = Number(reader.uint64());
  if (count < 1 || count > limits.lineUnits)
    throw new TouchmarkError("CERT_PROFILE", { data: { what: "touchmarkUnits" } });
  return count;
}
