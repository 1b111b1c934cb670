// SPDX-License-Identifier: Apache-2.0
// Passphrases come from a file, from an environment variable that is named, or from the terminal; never as arguments,
// which every process of the machine can read.
import type { Argv } from "yargs";
import { TouchmarkError } from "../errors.ts";
import { type OpenSigner, openKey } from "../keys/open-key.ts";
import { readBytes } from "./files.ts";
import type { Io } from "./io.ts";

export interface PassphraseSource {
  readonly file?: string | undefined;
  /** Name of a variable. */
  readonly env?: string | undefined;
}

export interface PassphraseArguments {
  readonly "passphrase-file"?: string | undefined;
  readonly "passphrase-env"?: string | undefined;
}

/** Every verb that opens keys takes these. */
export function passphraseArguments<T>(yargs: Argv<T>): Argv<T & PassphraseArguments> {
  return yargs
    .option("passphrase-file", { type: "string", describe: "Its first line is the passphrase or PIN of each key here" })
    .option("passphrase-env", { type: "string", describe: "Name of the variable that holds it" });
}

/** @param reference of a key file or a token's key, as openKey takes it */
export function openKeyOf(args: PassphraseArguments, reference: string, io: Io): Promise<OpenSigner> {
  return openKey(reference, () => passphraseOf(args, reference, io));
}

export function passphraseOf(args: PassphraseArguments, what: string, io: Io): Promise<string> {
  return passphrase({ file: args["passphrase-file"], env: args["passphrase-env"] }, what, io);
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
