// SPDX-License-Identifier: Apache-2.0
// BasicConstraints (RFC 5280 §4.2.1.9). cA FALSE is the DEFAULT and so never written (X.690 §11.5).
import { TouchmarkError } from "../../errors.ts";
import { type DerReader, malformed, Tag } from "../der.ts";
import { type Asn1, boolean, integer, sequence } from "../der-writer.ts";

export interface BasicConstraints {
  readonly ca: boolean;
  /** CA certificates that may follow below; only with `ca`. */
  readonly pathLength?: number;
}

export function basicConstraints({ ca, pathLength }: BasicConstraints): Asn1 {
  return sequence(...(ca ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)]));
}

export function readBasicConstraints(reader: DerReader): BasicConstraints {
  const { ca, pathLength } = reader.within(Tag.sequence, (inner) => {
    const written = inner.tag === Tag.boolean;
    if (written && !inner.boolean()) throw malformed("DEFAULT written out");
    return { ca: written, pathLength: inner.tag === undefined ? undefined : Number(inner.uint64()) };
  });
  if (pathLength === undefined) return { ca };
  if (!ca) throw new TouchmarkError("CERT_PROFILE", { data: { what: "pathLenConstraint without cA" } });
  return { ca, pathLength };
}
