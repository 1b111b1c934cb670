// SPDX-License-Identifier: Apache-2.0
import { AssertionError } from "chai";
import { TouchmarkError } from "../../host/src/errors.ts";

/** Code of the TouchmarkError that the call throws; "ok" where it throws nothing; any other error goes on. */
export function verdict(call: () => unknown): string {
  try {
    call();
    return "ok";
  } catch (error) {
    if (error instanceof TouchmarkError) return error.code;
    throw error;
  }
}

/** The TouchmarkError that the call throws. */
export function thrown(call: () => unknown): TouchmarkError {
  try {
    call();
  } catch (error) {
    if (error instanceof TouchmarkError) return error;
    throw error;
  }
  throw new AssertionError("nothing was refused");
}

/** The TouchmarkError that the promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<TouchmarkError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof TouchmarkError) return error;
    throw error;
  }
  throw new AssertionError("nothing was refused");
}

/** Its code; "ok" where it resolves; any other error goes on. */
export async function asyncVerdict(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return "ok";
  } catch (error) {
    if (error instanceof TouchmarkError) return error.code;
    throw error;
  }
}
