// SPDX-License-Identifier: Apache-2.0
// Files that commands read and write.
import { access, readFile, writeFile } from "node:fs/promises";
import { TouchmarkError } from "../errors.ts";
import { decodeOnePem } from "../protocol/pem.ts";

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
  } catch (cause) {
    throw new TouchmarkError("USAGE", { data: { path, expected: "JSON" }, cause });
  }
}

/** One certificate, PEM or DER. @throws FILE_MISSING, DER_MALFORMED */
export async function readCertificate(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  const text = Buffer.from(bytes).toString("latin1");
  return text.startsWith("-----BEGIN") ? decodeOnePem("CERTIFICATE", text) : bytes;
}

/** @param force overwrites. @throws FILE_EXISTS */
export async function writeBytes(path: string, bytes: Uint8Array, force = false): Promise<void> {
  await writeFile(path, bytes, { flag: force ? "w" : "wx" }).catch((cause: NodeJS.ErrnoException) => {
    throw new TouchmarkError(cause.code === "EEXIST" ? "FILE_EXISTS" : "FILE_MISSING", { data: { path }, cause });
  });
}
