// SPDX-License-Identifier: Apache-2.0
// What a witness hands out: a block that it vouches for, and its signature. JSON: bytes in hexadecimal with 0x, numbers
// in decimal.
import { TouchmarkError } from "../errors.ts";
import { fromHex, toHex } from "./bytes.ts";
import { type BlockWitness, blockWitnessDigest } from "./eip712-witness.ts";
import { verifyDigest } from "./secp256k1.ts";

export interface WitnessStatement extends BlockWitness {
  readonly chainId: bigint;
  /** Compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  /** r || s, low s. */
  readonly signature: Uint8Array;
}

/** @throws WITNESS_SIGNATURE, SIGNATURE_HIGH_S, SIGNATURE_RANGE */
export function checkWitnessStatement(statement: WitnessStatement): void {
  const digest = blockWitnessDigest(statement.chainId, statement);
  if (!verifyDigest(digest, statement.signature, statement.publicKey)) throw new TouchmarkError("WITNESS_SIGNATURE");
}

export type WitnessStatementJson = Readonly<Record<keyof WitnessStatement, string>>;

export function witnessStatementToJson(statement: WitnessStatement): WitnessStatementJson {
  const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
  return {
    chainId: String(statement.chainId),
    number: String(statement.number),
    blockHash: hex(statement.blockHash),
    timestamp: String(statement.timestamp),
    epoch: String(statement.epoch),
    nonce: hex(statement.nonce),
    publicKey: hex(statement.publicKey),
    signature: hex(statement.signature),
  };
}

/** Form alone: the signature is still to be checked. @throws MESSAGE_FIELD */
export function witnessStatementFromJson(json: unknown): WitnessStatement {
  const fields = typeof json === "object" && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  return {
    chainId: decimal(fields, "chainId", 64),
    number: decimal(fields, "number", 64),
    blockHash: hexadecimal(fields, "blockHash", 32),
    timestamp: decimal(fields, "timestamp", 64),
    epoch: Number(decimal(fields, "epoch", 32)),
    nonce: hexadecimal(fields, "nonce", 32),
    publicKey: hexadecimal(fields, "publicKey", 33),
    signature: hexadecimal(fields, "signature", 64),
  };
}

function decimal(fields: Readonly<Record<string, unknown>>, name: keyof WitnessStatement, bits: number): bigint {
  const text = fields[name];
  if (typeof text !== "string" || !/^(0|[1-9][0-9]{0,19})$/.test(text)) throw malformed(name);
  const value = BigInt(text);
  if (value >= 1n << BigInt(bits)) throw malformed(name);
  return value;
}

function hexadecimal(
  fields: Readonly<Record<string, unknown>>,
  name: keyof WitnessStatement,
  length: number,
): Uint8Array {
  const text = fields[name];
  if (typeof text !== "string" || !/^0x[0-9a-f]*$/.test(text) || text.length !== 2 + 2 * length) throw malformed(name);
  return fromHex(text);
}

function malformed(field: string): TouchmarkError {
  return new TouchmarkError("MESSAGE_FIELD", { data: { field } });
}
