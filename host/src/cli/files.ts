// SPDX-License-Identifier: Apache-2.0
// Files that commands read and write.
import { access, readFile } from "node:fs/promises";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { replaceFile, writeNewFile } from "../files.ts";
import { decodeOnePem, type PemLabel } from "../protocol/pem.ts";

/** @throws FILE_MISSING */
export async function readBytes(path: string): Promise<Uint8Array> {
  return Uint8Array.from(
    await readFile(path).catch((cause: unknown) => {
      throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
    }),
  );
}

/** The path of a file that is there: opening a ledger makes one otherwise. @throws FILE_MISSING */
export async function existing(path: string): Promise<string> {
  await access(path).catch((cause: unknown) => {
    throw new TouchmarkError("FILE_MISSING", { data: { path }, cause });
  });
  return path;
}

/** @throws FILE_MISSING, USAGE where it is not JSON */
export async function readJson(path: string): Promise<unknown> {
  const text = Buffer.from(await readBytes(path)).toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message quotes the file, which may be binary or a secret.
    throw new TouchmarkError("USAGE", { data: { path, expected: "JSON" } });
  }
}

/** What a file of JSON says. @throws FILE_MISSING, FILE_MALFORMED naming path and field, what else parse throws */
export async function readForm<T>(path: string, parse: (json: unknown) => T): Promise<T> {
  const json = await readJson(path);
  try {
    return parse(json);
  } catch (cause) {
    // The remedy for a request's field is none for a file's.
    if (!isTouchmarkError(cause, "MESSAGE_FIELD")) throw cause;
    throw new TouchmarkError("FILE_MALFORMED", { data: { path, ...cause.data } });
  }
}

/** One certificate, PEM or DER. @throws FILE_MISSING, FILE_MALFORMED */
export async function readCertificate(path: string): Promise<Uint8Array> {
  return await readPem(path, "CERTIFICATE");
}

/** DER of a file that holds it, or the one PEM block of this label. @throws FILE_MISSING, FILE_MALFORMED */
export async function readPem(path: string, label: PemLabel): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  const text = Buffer.from(bytes).toString("latin1");
  if (!text.startsWith("-----BEGIN")) return bytes;
  try {
    return decodeOnePem(label, text);
  } catch {
    const found = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1];
    throw new TouchmarkError("FILE_MALFORMED", { data: { path, expected: `one ${label}, PEM or DER`, found } });
  }
}

/** @param force overwrites. @throws as writeNewFile */
export async function writeBytes(path: string, bytes: Uint8Array, force = false): Promise<void> {
  if (force) replaceFile(path, bytes);
  else writeNewFile(path, bytes);
}
