// SPDX-License-Identifier: Apache-2.0
// Passphrases come from a file, from an environment variable that is named, or from the terminal; never as arguments,
// which every process of the machine can read.
import { TouchmarkError } from "../../errors.ts";
import { readBytes } from "../files.ts";
import type { Io } from "../io.ts";

export interface PassphraseSource {
  readonly file?: string | undefined;
  /** Name of a variable. */
  readonly env?: string | undefined;
}

/** Of a key that exists. @throws FILE_MISSING, KEY_LOCKED */
export async function passphrase({ file, env }: PassphraseSource, what: string, io: Io): Promise<string> {
  if (file !== undefined) return firstLine(await readBytes(file));
  if (env === undefined) return io.passphrase(what);
  const value = process.env[env];
  if (value === undefined)
    throw new TouchmarkError("KEY_LOCKED", { data: { what, env, hint: "the variable is not set" } });
  return value;
}

/** Of a key that is being made: typed twice. @throws FILE_MISSING, KEY_LOCKED, USAGE where the two differ */
export async function newPassphrase(source: PassphraseSource, what: string, io: Io): Promise<string> {
  const first = await passphrase(source, `${what}, a new one`, io);
  if (first !== (await passphrase(source, `${what}, once more`, io)))
    throw new TouchmarkError("USAGE", { data: { what, hint: "the two differ" } });
  return first;
}

// Editors end a file with a line break; a passphrase has none.
function firstLine(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString("utf8").split("\n")[0] ?? "").replace(/\r$/, "");
}
