// SPDX-License-Identifier: Apache-2.0
// Typed reads over one level of decoded CBOR: an array's items, or a map's keys and values in turn (deterministic maps
// have one order). Whatever is not of the asked type or range, missing or left over has the code of the part being read,
// as has CBOR that is not deterministic: protocol/bundle.md, "Codes of form".
import { TouchmarkError } from "../errors.ts";
import { type CborValue, decode, Tag } from "./cbor.ts";
import type { ErrorName } from "./generated.ts";

const UINT64_MAX = 0xffffffffffffffffn;

export class CborFields {
  readonly #items: readonly CborValue[];
  readonly #code: ErrorName;
  #at = 0;

  private constructor(items: readonly CborValue[], code: ErrorName) {
    this.#items = items;
    this.#code = code;
  }

  /** Bytes that hold exactly one deterministic item. */
  static open(bytes: Uint8Array, code: ErrorName): CborFields {
    try {
      return new CborFields([decode(bytes)], code);
    } catch (cause) {
      throw new TouchmarkError(code, { cause });
    }
  }

  /** Items not yet read. */
  get left(): number {
    return this.#items.length - this.#at;
  }

  uint(max = UINT64_MAX): bigint {
    const value = this.#next();
    const wide = typeof value === "number" || typeof value === "bigint" ? BigInt(value) : -1n;
    if (wide < 0n || wide > max) throw this.refusal();
    return wide;
  }

  /** An unsigned integer up to `max`, at most 2^53 - 1. */
  number(max: number): number {
    return Number(this.uint(BigInt(max)));
  }

  bytes(min: number, max = min): Uint8Array {
    const value = this.#next();
    if (!(value instanceof Uint8Array) || value.length < min || value.length > max) throw this.refusal();
    return value;
  }

  text(): string {
    const value = this.#next();
    if (typeof value !== "string") throw this.refusal();
    return value;
  }

  flag(): boolean {
    const value = this.#next();
    if (typeof value !== "boolean") throw this.refusal();
    return value;
  }

  /** A value that has to be this one. */
  expect(expected: number | string | null): void {
    if (this.#next() !== expected) throw this.refusal();
  }

  tagged(number: number): CborFields {
    const value = this.#next();
    if (!(value instanceof Tag) || value.tag !== number) throw this.refusal();
    return new CborFields([value.value as CborValue], this.#code);
  }

  array(min = 0, max = Number.POSITIVE_INFINITY): CborFields {
    const value = this.#next();
    if (!Array.isArray(value) || value.length < min || value.length > max) throw this.refusal();
    return new CborFields(value as readonly CborValue[], this.#code);
  }

  map(): CborFields {
    const value = this.#next();
    if (!(value instanceof Map)) throw this.refusal();
    return new CborFields([...(value as ReadonlyMap<CborValue, CborValue>)].flat(1), this.#code);
  }

  /** A byte string that holds one deterministic item. */
  embedded(): CborFields {
    return CborFields.open(this.bytes(0, Number.POSITIVE_INFINITY), this.#code);
  }

  /** Reads each item that is left. */
  each<T>(read: (items: CborFields) => T): T[] {
    const values: T[] = [];
    while (this.left > 0) values.push(read(this));
    return values;
  }

  end(): void {
    if (this.left > 0) throw this.refusal();
  }

  refusal(): TouchmarkError {
    return new TouchmarkError(this.#code, { data: { item: this.#at } });
  }

  #next(): CborValue {
    const value = this.#items[this.#at++];
    if (value === undefined) throw this.refusal();
    return value;
  }
}
