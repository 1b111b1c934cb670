// SPDX-License-Identifier: Apache-2.0
import { deviceErrors, type ErrorName, hostErrors } from "./protocol/generated.ts";

const table: Readonly<Record<ErrorName, { code: number; text: string; remedy: string }>> = {
  ...deviceErrors,
  ...hostErrors,
};

export interface ErrorDetails {
  /** What the message cannot say for every case: which field, which limit, which path. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error of the library: a row of protocol.json's closed table, with the data of this case. */
export class TouchmarkError extends Error {
  /** The row's name, the same in C and in docs/errors.md. */
  readonly code: ErrorName;
  /** The row's number, as the device sends it. */
  readonly number: number;
  readonly remedy: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorName, { data = {}, cause }: ErrorDetails = {}) {
    const row = table[code];
    super(row.text, cause === undefined ? {} : { cause });
    this.name = "TouchmarkError";
    this.code = code;
    this.number = row.code;
    this.remedy = row.remedy;
    this.data = data;
  }

  /** As `--json` prints it. */
  toJSON(): object {
    return { code: this.code, number: this.number, message: this.message, remedy: this.remedy, data: this.data };
  }
}

const byNumber = new Map<number, ErrorName>();
for (const [name, { code }] of Object.entries(table)) byNumber.set(code, name as ErrorName);

/** The name behind a number that a device sent; undefined for one this version does not know. */
export function errorName(number: number): ErrorName | undefined {
  return byNumber.get(number);
}

/** Is it a TouchmarkError, of this code where one is given? */
export function isTouchmarkError(error: unknown, code?: ErrorName): error is TouchmarkError {
  return error instanceof TouchmarkError && (code === undefined || error.code === code);
}
