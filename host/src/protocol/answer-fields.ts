// SPDX-License-Identifier: Apache-2.0
// Typed reads of an answer's named fields.
import { TouchmarkError } from "../errors.ts";
import type { CborValue } from "./cbor.ts";

export class AnswerFields {
  readonly #fields: ReadonlyMap<string, CborValue>;

  constructor(fields: ReadonlyMap<string, CborValue>) {
    this.#fields = fields;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  uint(name: string, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.#fields.get(name);
    if (typeof value !== "number" || value < 0 || value > max) throw refusal(name);
    return value;
  }

  /** Any unsigned integer of 64 bits. */
  uint64(name: string): bigint {
    const value = this.#fields.get(name);
    if ((typeof value !== "number" && typeof value !== "bigint") || value < 0) throw refusal(name);
    return BigInt(value);
  }

  bytes(name: string, length?: number): Uint8Array {
    const value = this.#fields.get(name);
    if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) throw refusal(name);
    return value;
  }

  text(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value !== "string") throw refusal(name);
    return value;
  }

  /** False where it is absent. */
  flag(name: string): boolean {
    const value = this.#fields.get(name) ?? false;
    if (typeof value !== "boolean") throw refusal(name);
    return value;
  }

  /** A list of maps. */
  list(name: string): AnswerFields[] {
    const value = this.#fields.get(name);
    if (!Array.isArray(value)) throw refusal(name);
    return value.map((item: CborValue) => {
      if (!(item instanceof Map)) throw refusal(name);
      return new AnswerFields(item as ReadonlyMap<string, CborValue>);
    });
  }

  entries(): [string, CborValue][] {
    return [...this.#fields];
  }
}

const refusal = (field: string): TouchmarkError => new TouchmarkError("MESSAGE_FIELD", { data: { field } });
