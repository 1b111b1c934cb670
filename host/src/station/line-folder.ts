// SPDX-License-Identifier: Apache-2.0
// What `ca line` hands to a station: the line's certificate and the root's, where the key is, the revocation list of
// that day; the station adds its ledger.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import { readTextFile, replaceFile, requireSameIfThere, writeFileOnce } from "../files.ts";
import { type OpenSigner, openKey } from "../keys/open-key.ts";
import { Ledger } from "../ledger/ledger.ts";
import { type Crl, decodeCrl } from "../protocol/crl.ts";
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

/** @param key reference @throws FILE_EXISTS where a folder holds another root or names another key */
export function requireNoOtherLine(folder: string, root: ProfiledCertificate, key: string): void {
  requireSameIfThere(join(folder, KEY), `${key}\n`);
  requireSameIfThere(join(folder, ROOT), encodePem("CERTIFICATE", root.der));
}

/** The line's certificate comes last: a folder that has it is whole. @param key reference @throws FILE_EXISTS */
export function writeLineFolder(
  folder: string,
  line: ProfiledCertificate,
  root: ProfiledCertificate,
  key: string,
  crl?: Uint8Array,
): void {
  writeFileOnce(join(folder, KEY), `${key}\n`);
  writeFileOnce(join(folder, ROOT), encodePem("CERTIFICATE", root.der));
  if (crl) replaceFile(join(folder, CRL), encodePem("X509 CRL", crl));
  writeFileOnce(join(folder, LINE), encodePem("CERTIFICATE", line.der));
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
  const crl = listOf(folder);
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

/** The revocation list beside a line. @throws DER_MALFORMED */
export function listOf(folder: string): Crl | undefined {
  const path = join(folder, CRL);
  return existsSync(path) ? decodeCrl(decodeOnePem("X509 CRL", readTextFile(path))) : undefined;
}

/** A file's name in a `key` file is relative to its folder; a PKCS#11 URI stands for itself. */
export function resolveKey(folder: string, reference: string): string {
  return reference.startsWith("pkcs11:") ? reference : join(folder, reference);
}
