// SPDX-License-Identifier: Apache-2.0
// Whom releases are for: a file that the release engineer keeps beside the firmware. JSON, bytes in hexadecimal.
import { TouchmarkError } from "../errors.ts";
import { fromHex } from "../protocol/bytes.ts";
import { classId } from "../protocol/class-id.ts";

export interface ReleaseTarget {
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  readonly board: Uint8Array;
  readonly boardCodeHash: Uint8Array;
  readonly vendorId: Uint8Array;
  readonly classId: Uint8Array;
}

/**
 * `{chainId, manufacturerId, board, boardCodeHash, vendorId, hardwareModel}`; the class follows from vendor and model.
 *
 * @throws USAGE naming the field
 */
export function releaseTargetFromJson(json: unknown): ReleaseTarget {
  const fields = (typeof json === "object" && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const vendorId = bytes(fields, "vendorId", 16);
  const model = fields["hardwareModel"];
  if (typeof model !== "string" || model === "") throw wrong("hardwareModel");
  return {
    chainId: integer(fields, "chainId"),
    manufacturerId: integer(fields, "manufacturerId"),
    board: bytes(fields, "board", 20),
    boardCodeHash: bytes(fields, "boardCodeHash", 32),
    vendorId,
    classId: classId(vendorId, model),
  };
}

function integer(fields: Readonly<Record<string, unknown>>, name: string): bigint {
  const value = fields[name];
  if (!/^[1-9][0-9]{0,19}$/.test(String(value))) throw wrong(name);
  return BigInt(String(value));
}

function bytes(fields: Readonly<Record<string, unknown>>, name: string, length: number): Uint8Array {
  const value = fields[name];
  const digits = typeof value === "string" ? value.replace(/^0x/, "") : "";
  if (!/^[0-9a-f]+$/i.test(digits) || digits.length !== 2 * length) throw wrong(name);
  return fromHex(digits);
}

function wrong(field: string): TouchmarkError {
  return new TouchmarkError("USAGE", { data: { file: "release target", field } });
}
