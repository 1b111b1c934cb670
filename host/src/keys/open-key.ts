// SPDX-License-Identifier: Apache-2.0
import { openKeyFile } from "./file-signer.ts";
import { openPkcs11Key } from "./pkcs11-signer.ts";
import { parsePkcs11Uri } from "./pkcs11-uri.ts";
import type { Signer } from "./signer.ts";

export interface OpenSigner extends Signer, Disposable {
  close(): void;
}

/**
 * @param reference path of an encrypted PEM file, or `pkcs11:token=…;object=…?module-path=…`
 * @param passphrase asked for once, of the file or the token
 * @throws USAGE, FILE_MISSING, KEY_LOCKED, KEY_REFUSED, TOOL_MISSING, DER_MALFORMED
 */
export async function openKey(reference: string, passphrase: () => Promise<string>): Promise<OpenSigner> {
  if (reference.startsWith("pkcs11:")) return openPkcs11Key(parsePkcs11Uri(reference), await passphrase());
  return openKeyFile(reference, await passphrase());
}
