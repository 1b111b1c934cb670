// SPDX-License-Identifier: Apache-2.0
// Results and errors as text and as JSON.
import { TouchmarkError } from "../errors.ts";
import { toHex } from "../protocol/bytes.ts";

/** Two-space JSON; bigint as a decimal string, bytes as hexadecimal. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => plain(member), 2);
}

/** The same in one line. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => plain(member));
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  return value;
}

/** Aligned `name  value` lines; none for a value that is undefined. */
export function table(all: readonly (readonly [name: string, value: unknown])[]): string {
  const rows = all.filter(([, value]) => value !== undefined);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${String(plain(value))}`).join("\n");
}

/** A slot by its letter, for people and in the results of verbs. */
export const slotName = (slot: number): string => (slot === 0 ? "A" : "B");

/** Name, meaning, data, causes, remedy. */
export function describeError(error: unknown): string {
  if (!(error instanceof TouchmarkError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const data = Object.entries(error.data).filter(([, value]) => value !== undefined);
  return [
    `${error.code}: ${error.message}`,
    ...data.map(
      ([name, value]) => `  ${name}: ${typeof value === "string" ? value : JSON.stringify(value, (_k, v) => plain(v))}`,
    ),
    ...causes(error).map((cause) => `  cause: ${cause}`),
    `  remedy: ${error.remedy}`,
  ].join("\n");
}

function causes(error: Error): string[] {
  const { cause } = error;
  if (!(cause instanceof Error)) return [];
  return [nameOf(cause).split("\n")[0] ?? "", ...causes(cause)];
}

function nameOf(cause: Error): string {
  if (cause instanceof TouchmarkError) return `${cause.code}: ${cause.message}`;
  // The message of an ethers error carries the whole call.
  return "shortMessage" in cause ? String(cause.shortMessage) : cause.message;
}
