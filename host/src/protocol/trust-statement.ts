// SPDX-License-Identifier: Apache-2.0
// A trust statement: the signed step from one trust block to the next. protocol/chain.md.
import { type CborInput, encode } from "./cbor.ts";
import { CborFields } from "./cbor-fields.ts";
import { layouts, limits } from "./generated.ts";

export interface TrustSignature {
  /** A number of `chain.signatureRole`. */
  readonly role: number;
  /** Into the old block's witnesses or recovery keys; 0 for root and newRoot. */
  readonly index: number;
  readonly signature: Uint8Array;
}

export interface TrustStatement {
  /** Trust hash that it starts from. */
  readonly old: Uint8Array;
  /** The new trust block, encoded, floor fields zero. */
  readonly block: Uint8Array;
  readonly floorNumber: bigint;
  /** Unix seconds. */
  readonly floorTimestamp: bigint;
  /** Ascending by role, then index. */
  readonly signatures: readonly TrustSignature[];
  /** DER, only where rootHash changes. */
  readonly newRoot?: Uint8Array;
}

/** A file of statements in order, as `touchmark trust rotate` writes it: the chain's `trust` array alone. */
export function encodeTrustStatements(statements: readonly TrustStatement[]): Uint8Array {
  return encode(statements.map(trustStatementItem));
}

/** @throws TRUST_STATEMENT_MALFORMED */
export function decodeTrustStatements(bytes: Uint8Array): TrustStatement[] {
  return CborFields.open(bytes, "TRUST_STATEMENT_MALFORMED").array(0, limits.trustStatements).each(readTrustStatement);
}

export function trustStatementItem(statement: TrustStatement): CborInput {
  const { old, block, floorNumber, floorTimestamp, signatures, newRoot } = statement;
  const signed = signatures.map(({ role, index, signature }) => [role, index, signature]);
  const item = [old, block, floorNumber, floorTimestamp, signed];
  return newRoot === undefined ? item : [...item, newRoot];
}

/** Form alone; whether roles, order and signatures hold is for the verifier. */
export function readTrustStatement(fields: CborFields): TrustStatement {
  const item = fields.array(5, 6);
  const statement = {
    old: item.bytes(32),
    block: item.bytes(layouts.trustBlock.size),
    floorNumber: item.uint(),
    floorTimestamp: item.uint(),
    signatures: item.array(1, limits.statementSignatures).each(readSignature),
  };
  return item.left === 0 ? statement : { ...statement, newRoot: item.bytes(1, limits.certificateBytes) };
}

function readSignature(fields: CborFields): TrustSignature {
  const item = fields.array(3, 3);
  return { role: Number(item.uint()), index: Number(item.uint()), signature: item.bytes(64) };
}
