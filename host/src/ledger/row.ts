// SPDX-License-Identifier: Apache-2.0
// Columns of SQLite's rows as the types that the tables promise.
import type { SQLOutputValue } from "node:sqlite";
import { TouchmarkError } from "../errors.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw broken(column);
  return value;
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw broken(column);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw broken(column);
  return value;
}

/** The value, or nothing where the column is NULL: for spreading into optional members. */
export function optional<T>(row: Row, column: string, read: (row: Row, column: string) => T): T | undefined {
  return row[column] === null ? undefined : read(row, column);
}

function broken(column: string): TouchmarkError {
  return new TouchmarkError("INTERNAL", { data: { column } });
}
