// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import { join } from "node:path";
import { removeLeft } from "../../files.ts";
import { newKeyFile } from "../../keys/file-signer.ts";
import type { HeldKey } from "../../keys/held-key.ts";
import { type OpenSigner, openKey } from "../../keys/open-key.ts";
import { resolveKey } from "../../station/line-folder.ts";
import type { Io } from "../io.ts";
import { newPassphrase, type PassphraseSource, passphrase } from "../passphrase.ts";

/** A key in a token, where `uri` names one; otherwise an encrypted file `name` in the folder, new unless it is there. */
export async function holdKey(
  uri: string | undefined,
  folder: string,
  name: string,
  source: PassphraseSource,
  io: Io,
): Promise<HeldKey> {
  if (uri !== undefined) {
    const signer = await openKey(uri, () => passphrase(source, uri, io));
    return { signer, reference: uri, keep: () => Promise.resolve() };
  }
  const path = join(folder, name);
  if (existsSync(path)) {
    io.tell(`going on with the key that is there: ${path}`);
    const signer = await openKey(path, () => passphrase(source, path, io));
    removeLeft(path);
    return { signer, found: path, reference: name, keep: () => Promise.resolve() };
  }
  const { signer, write } = await newKeyFile(path, await newPassphrase(source, name, io));
  return { signer, reference: name, keep: write };
}

/** The key of an office or a line. @param reference from its `key` file */
export function openFolderKey(
  folder: string,
  reference: string,
  source: PassphraseSource,
  io: Io,
): Promise<OpenSigner> {
  const key = resolveKey(folder, reference);
  return openKey(key, () => passphrase(source, key, io));
}

/** Unix seconds. */
export function clock(): number {
  return Math.floor(Date.now() / 1000);
}

/** Unix seconds as RFC 3339, without fractions. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

/** @param serialNumber of a certificate that a stopped run has issued, and whose key is gone */
export function toRevoke(serialNumber: string): string {
  return `! ${serialNumber} was issued for this folder by a run that was stopped, its key is gone: touchmark ca revoke ${serialNumber} --reason cessationOfOperation`;
}
