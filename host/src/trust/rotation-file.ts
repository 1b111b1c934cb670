// SPDX-License-Identifier: Apache-2.0
// A rotation as a file that goes from signer to signer: JSON, bytes in hexadecimal, numbers in decimal.
import { TouchmarkError } from "../errors.ts";
import { fromHex, toHex } from "../protocol/bytes.ts";
import { decodeTrustBlock, encodeTrustBlock, trustHash } from "../protocol/trust-block.ts";
import type { TrustSignature } from "../protocol/trust-statement.ts";
import type { Rotation } from "./rotation.ts";

const KIND = "touchmark/rotation/v1";

export interface RotationJson {
  readonly kind: typeof KIND;
  /** The old trust block and the certificate of its root. */
  readonly trust: string;
  readonly root: string;
  readonly next: string;
  readonly floorNumber: string;
  readonly floorTimestamp: string;
  readonly newRoot?: string;
  readonly signatures: readonly { readonly role: number; readonly index: number; readonly signature: string }[];
}

export function rotationToJson({ old, statement }: Rotation): RotationJson {
  const { block, floorNumber, floorTimestamp, newRoot, signatures } = statement;
  return {
    kind: KIND,
    trust: toHex(encodeTrustBlock(old.trust)),
    root: toHex(old.root),
    next: toHex(block),
    floorNumber: String(floorNumber),
    floorTimestamp: String(floorTimestamp),
    ...(newRoot === undefined ? {} : { newRoot: toHex(newRoot) }),
    signatures: signatures.map((each) => ({ ...each, signature: toHex(each.signature) })),
  };
}

/** Form alone: what is signed is checked where it is signed and where it is finished. @throws TRUST_STATEMENT_MALFORMED */
export function rotationFromJson(json: unknown): Rotation {
  try {
    return read(json as RotationJson);
  } catch (cause) {
    throw new TouchmarkError("TRUST_STATEMENT_MALFORMED", { data: { expected: KIND }, cause });
  }
}

function read(json: RotationJson): Rotation {
  if (json.kind !== KIND) throw new RangeError("another kind of file");
  const trust = decodeTrustBlock(fromHex(json.trust));
  const block = fromHex(json.next);
  decodeTrustBlock(block);
  return {
    old: { trust, root: fromHex(json.root) },
    statement: {
      old: trustHash(trust),
      block,
      floorNumber: uint64(json.floorNumber),
      floorTimestamp: uint64(json.floorTimestamp),
      signatures: json.signatures.map(readSignature),
      ...(json.newRoot === undefined ? {} : { newRoot: fromHex(json.newRoot) }),
    },
  };
}

function uint64(text: unknown): bigint {
  const value = typeof text === "string" && /^[0-9]{1,20}$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined || value !== BigInt.asUintN(64, value)) throw new RangeError("no 64-bit number");
  return value;
}

function readSignature({ role, index, signature }: RotationJson["signatures"][number]): TrustSignature {
  if (!isByte(role) || !isByte(index)) throw new RangeError("role or index");
  const bytes = fromHex(signature);
  if (bytes.length !== 64) throw new RangeError("signature");
  return { role, index, signature: bytes };
}

function isByte(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 256;
}
