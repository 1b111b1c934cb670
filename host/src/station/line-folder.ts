// SPDX-License-Identifier: Apache-2.0
// What `ca line` hands to a station: the line's certificate and the root's, where the key is, the revocation list of
// that day; the station adds its ledger.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import { readTextFile, requireAbsent, writeNewFile } from "../authority/files.ts";
import type { HeldKey } from "../keys/held-key.ts";
import { type OpenSigner, openKey } from "../keys/open-key.ts";
import { Ledger } from "../ledger/ledger.ts";
import { decodeCrl } from "../protocol/crl.ts";
import { decodeOnePem, encodePem } from "../protocol/pem.ts";
import { type Line, openLine } from "./line.ts";

const LINE = "line.pem";
const ROOT = "root.pem";
const KEY = "key";
const CRL = "crl.pem";
const LEDGER = "ledger.sqlite";

export interface OpenLineFolder extends Disposable {
  readonly line: Line;
  readonly ledger: Ledger;
  close(): void;
}

/** @throws FILE_EXISTS where a line's folder stands already */
export function requireNoLineFolder(folder: string): void {
  requireAbsent(...[KEY, LINE, ROOT].map((name) => join(folder, name)));
}

/** @throws FILE_EXISTS */
export async function writeLineFolder(
  folder: string,
  line: ProfiledCertificate,
  root: ProfiledCertificate,
  key: HeldKey,
): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await key.keep();
  writeNewFile(join(folder, KEY), `${key.reference}\n`);
  writeNewFile(join(folder, LINE), encodePem("CERTIFICATE", line.der));
  writeNewFile(join(folder, ROOT), encodePem("CERTIFICATE", root.der));
}

/**
 * @param now unix seconds
 * @throws FILE_MISSING, KEY_LOCKED, KEY_REFUSED, LEDGER_CONFLICT, CERT_REVOKED, and as verifyChain
 */
export async function openLineFolder(
  folder: string,
  passphrase: () => Promise<string>,
  now: number,
): Promise<OpenLineFolder> {
  const path = [LINE, ROOT].map((name) => decodeOnePem("CERTIFICATE", readTextFile(join(folder, name))));
  const crl = existsSync(join(folder, CRL))
    ? decodeCrl(decodeOnePem("X509 CRL", readTextFile(join(folder, CRL))))
    : undefined;
  const reference = resolveKey(folder, readTextFile(join(folder, KEY)).trim());
  const signer: OpenSigner = await openKey(reference, passphrase);
  const ledger = new Ledger(join(folder, LEDGER));
  const close = (): void => {
    signer.close();
    ledger.close();
  };
  try {
    const [line, root] = path as [Uint8Array, Uint8Array];
    const opened = openLine([line, root], signer, ledger, now, crl ? { crl } : {});
    return { line: opened, ledger, close, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A file's name in a `key` file is relative to its folder; a PKCS#11 URI stands for itself. */
export function resolveKey(folder: string, reference: string): string {
  return reference.startsWith("pkcs11:") ? reference : join(folder, reference);
}
