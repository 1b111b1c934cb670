// SPDX-License-Identifier: Apache-2.0
// The security officer's folder: the root's certificate, where its key is, the ledger of what it issued, and the
// revocation list in force. All but signing works without the key.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { TouchmarkError } from "../errors.ts";
import type { HeldKey } from "../keys/held-key.ts";
import type { Signer } from "../keys/signer.ts";
import { Ledger } from "../ledger/ledger.ts";
import { fromHex, toHex } from "../protocol/bytes.ts";
import { type Crl, decodeCrl, type Revocation } from "../protocol/crl.ts";
import { decodeOnePem, encodePem } from "../protocol/pem.ts";
import { issueLine, issueOta, issueRoot, type LineRequest, type OtaRequest, type RootRequest } from "./authority.ts";
import type { ProfiledCertificate } from "./check-profile.ts";
import { readTextFile, replaceFile, requireAbsent, writeNewFile } from "./files.ts";
import type { Issuer } from "./issue.ts";
import { publishCrl } from "./publish-crl.ts";
import { verifyChain } from "./verify-chain.ts";

const ROOT = "root.pem";
const KEY = "key";
const LEDGER = "ledger.sqlite";
const CRL = "crl.pem";

export class Office implements Disposable {
  readonly folder: string;
  readonly root: ProfiledCertificate;
  /** Path or PKCS#11 URI, as openKey takes it. */
  readonly keyReference: string;
  readonly ledger: Ledger;

  private constructor(folder: string, root: ProfiledCertificate, keyReference: string) {
    this.folder = folder;
    this.root = root;
    this.keyReference = keyReference;
    this.ledger = new Ledger(join(folder, LEDGER));
  }

  /** Makes the root certificate and its folder; nothing is overwritten. @throws FILE_EXISTS, CERT_PROFILE, KEY_LOCKED */
  static async create(folder: string, request: RootRequest, key: HeldKey): Promise<Office> {
    requireAbsent(...[ROOT, KEY, LEDGER].map((name) => join(folder, name)));
    const root = await issueRoot(request, key.signer);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await key.keep();
    writeNewFile(join(folder, KEY), `${key.reference}\n`);
    writeNewFile(join(folder, ROOT), encodePem("CERTIFICATE", root.der));
    const office = new Office(folder, root, key.reference);
    office.ledger.transaction(() => office.ledger.certificates.add("root", root, root, request.now));
    return office;
  }

  /**
   * Ends what a kill has left half done: the root's row after its file, a list's file after its row.
   * @param now unix seconds @throws FILE_MISSING, LEDGER_CONFLICT, and as verifyChain
   */
  static open(folder: string, now: number): Office {
    const der = decodeOnePem("CERTIFICATE", readTextFile(join(folder, ROOT)));
    const { root } = verifyChain("root", [der]);
    const office = new Office(folder, root, readTextFile(join(folder, KEY)).trim());
    try {
      office.ledger.transaction(() => office.ledger.certificates.adopt("root", root, root, now));
      office.#writeCrl();
      return office;
    } catch (error) {
      office.close();
      throw error;
    }
  }

  /** The root as an issuer. @throws KEY_REFUSED where the key is another's */
  issuer(signer: Signer): Issuer {
    if (toHex(signer.publicKey) !== toHex(this.root.publicKey))
      throw new TouchmarkError("KEY_REFUSED", { data: { what: "the key is not the root's" } });
    return { certificate: this.root, signer };
  }

  /** @throws CERT_PROFILE, CERT_NOT_IN_FORCE, KEY_REFUSED, KEY_LOCKED, LEDGER_CONFLICT */
  async issueLine(request: LineRequest, signer: Signer): Promise<ProfiledCertificate> {
    return this.#enter("line", await issueLine(request, this.issuer(signer)), request.now);
  }

  /** @throws as issueLine */
  async issueOta(request: OtaRequest, signer: Signer): Promise<ProfiledCertificate> {
    return this.#enter("ota", await issueOta(request, this.issuer(signer)), request.now);
  }

  /**
   * Signs the list anew, with one more entry where one is given; ledger and crl.pem hold it when this returns.
   * @param days until the next list is due @param now unix seconds
   * @throws LEDGER_CONFLICT (unknown or revoked already), LEDGER_FIELD, KEY_REFUSED, KEY_LOCKED
   */
  async publishCrl(revocation: Revocation | undefined, now: number, days: number, signer: Signer): Promise<Crl> {
    const { certificates, lists } = this.ledger;
    if (revocation) this.#requireRevocable(revocation);
    const revocations = [...certificates.revocations(), ...(revocation ? [revocation] : [])];
    const crl = await publishCrl({ revocations, number: lists.nextNumber(), now, days }, this.issuer(signer));
    this.ledger.transaction(() => {
      if (revocation) certificates.revoke(revocation);
      lists.add(crl);
    });
    this.#writeCrl();
    return crl;
  }

  close(): void {
    this.ledger.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #enter(role: "line" | "ota", certificate: ProfiledCertificate, now: number): ProfiledCertificate {
    this.ledger.transaction(() => this.ledger.certificates.add(role, certificate, this.root, now));
    return certificate;
  }

  // The ledger's newest list is the one in force. A file that is newer was signed from another ledger: numbers would be
  // given twice, and what it revokes be forgotten.
  #writeCrl(): void {
    const path = join(this.folder, CRL);
    const [held, latest] = [existsSync(path) ? readTextFile(path) : undefined, this.ledger.lists.latest()];
    const number = held === undefined ? 0n : decodeCrl(decodeOnePem("X509 CRL", held)).number;
    if (number > (latest ? decodeCrl(latest).number : 0n))
      throw new TouchmarkError("LEDGER_CONFLICT", {
        data: { path, what: "newer than the ledger: restore its backup" },
      });
    const text = latest && encodePem("X509 CRL", latest);
    if (text !== undefined && text !== held) replaceFile(path, text);
  }

  // Before the root signs, so that a slip is found while nothing is written.
  #requireRevocable({ serialNumber }: Revocation): void {
    const row = this.ledger.certificates.get(toHex(serialNumber));
    if (!row || row.revocation)
      throw new TouchmarkError("LEDGER_CONFLICT", {
        data: { serialNumber: toHex(serialNumber), what: row ? "revoked already" : "unknown" },
      });
  }
}

/** Serial number as people type it: hexadecimal, colons allowed. @throws USAGE */
export function parseSerialNumber(text: string): Uint8Array {
  const digits = text.replaceAll(":", "").toLowerCase();
  if (!/^([0-9a-f]{2}){8,20}$/.test(digits)) throw new TouchmarkError("USAGE", { data: { serialNumber: text } });
  return fromHex(digits);
}
