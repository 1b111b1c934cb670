// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import type { ProvedStorage } from "./proved-storage.ts";

type Facts = Readonly<Record<string, unknown>>;

/** Each field in which a node's answer is not what is proved; undefined: there is nothing. */
export function differences(answered: Facts | undefined, proved: Facts | undefined): string[] {
  const fields = Object.keys({ ...answered, ...proved });
  return fields.filter((field) => plain(answered?.[field]) !== plain(proved?.[field]));
}

/** @param of what was asked about @throws NODE_CONTRADICTED naming node, block, answer and proof */
export function requireSame(
  { node, header }: ProvedStorage,
  of: Facts,
  answered: Facts | undefined,
  proved: Facts | undefined,
): void {
  const fields = differences(answered, proved);
  if (fields.length === 0) return;
  const told = (facts: Facts | undefined): unknown =>
    facts === undefined ? null : Object.fromEntries(fields.map((field) => [field, plain(facts[field])]));
  const data = { node: node.name, block: `${header.number}`, ...of, answered: told(answered), proved: told(proved) };
  throw new TouchmarkError("NODE_CONTRADICTED", { data });
}

// Attributes come in any order.
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value !== "object" || value === null) return value;
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
