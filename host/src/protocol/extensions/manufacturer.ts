// SPDX-License-Identifier: Apache-2.0
// touchmarkManufacturer ::= SEQUENCE { chainId, manufacturerId INTEGER, hardwareModel UTF8String OPTIONAL }.
import { TouchmarkError } from "../../errors.ts";
import { type DerReader, Tag } from "../der.ts";
import { type Asn1, integer, sequence, utf8String } from "../der-writer.ts";
import { limits } from "../generated.ts";

export interface Manufacturer {
  /** Chain of the ManufacturerID, 1..2^64 − 1. */
  readonly chainId: bigint;
  /** Token id of the ManufacturerID, 1..2^64 − 1. */
  readonly manufacturerId: bigint;
  /** Of a device, 1..32 bytes. */
  readonly hardwareModel?: string;
}

export function manufacturer({ chainId, manufacturerId, hardwareModel }: Manufacturer): Asn1 {
  const model = hardwareModel === undefined ? [] : [utf8String(hardwareModel)];
  return sequence(integer(chainId), integer(manufacturerId), ...model);
}

export function readManufacturer(reader: DerReader): Manufacturer {
  const { hardwareModel, ...ids } = reader.within(Tag.sequence, (inner) => {
    const chainId = inner.uint64();
    const manufacturerId = inner.uint64();
    if (chainId === 0n || manufacturerId === 0n) throw outside();
    return { chainId, manufacturerId, hardwareModel: inner.tag === undefined ? undefined : inner.text(Tag.utf8String) };
  });
  if (hardwareModel === undefined) return ids;
  const length = Buffer.byteLength(hardwareModel);
  if (length < 1 || length > limits.hardwareModelBytes) throw outside();
  return { ...ids, hardwareModel };
}

function outside(): TouchmarkError {
  return new TouchmarkError("CERT_PROFILE", { data: { what: "touchmarkManufacturer" } });
}
