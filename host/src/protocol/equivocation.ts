// SPDX-License-Identifier: Apache-2.0
// Evidence that one witness vouched for two blocks of one number: both statements in one file, checked without any chain.
// Evidence, not proof of malice: chains have rewritten blocks that were final.
import { TouchmarkError } from "../errors.ts";
import { equalBytes } from "./bytes.ts";
import {
  checkWitnessStatement,
  type WitnessStatement,
  type WitnessStatementJson,
  witnessStatementFromJson,
  witnessStatementToJson,
} from "./witness-statement.ts";

export interface Equivocation {
  readonly statements: readonly [WitnessStatement, WitnessStatement];
}

export interface EquivocationJson {
  readonly kind: typeof KIND;
  readonly statements: readonly [WitnessStatementJson, WitnessStatementJson];
}

const KIND = "touchmark/equivocation/v1";

/** @throws EQUIVOCATION_ABSENT where it accuses nobody, WITNESS_SIGNATURE, SIGNATURE_* where a statement is not the witness's */
export function checkEquivocation({ statements: [a, b] }: Equivocation): void {
  const sameWitness = equalBytes(a.publicKey, b.publicKey) && a.chainId === b.chainId;
  if (!sameWitness || a.number !== b.number || equalBytes(a.blockHash, b.blockHash)) {
    throw new TouchmarkError("EQUIVOCATION_ABSENT");
  }
  checkWitnessStatement(a);
  checkWitnessStatement(b);
}

export function equivocationToJson({ statements: [a, b] }: Equivocation): EquivocationJson {
  return { kind: KIND, statements: [witnessStatementToJson(a), witnessStatementToJson(b)] };
}

/** @throws MESSAGE_FIELD */
export function equivocationFromJson(json: unknown): Equivocation {
  const { kind, statements } = (json ?? {}) as { readonly kind?: unknown; readonly statements?: unknown };
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [];
  if (kind !== KIND || list.length !== 2) throw new TouchmarkError("MESSAGE_FIELD", { data: { expected: KIND } });
  return { statements: [witnessStatementFromJson(list[0]), witnessStatementFromJson(list[1])] };
}
