// SPDX-License-Identifier: Apache-2.0
// The security officer's folder: the root's certificate, where its key is, the ledger of what it issued, and the
// revocation list in force. All but signing works without the key.
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { TouchmarkError } from "../errors.ts";
import { readTextFile, removeLeft, replaceFile, requireAbsent, requireSameIfThere, writeFileOnce } from "../files.ts";
import type { HeldKey } from "../keys/held-key.ts";
import type { Signer } from "../keys/signer.ts";
import { Ledger } from "../ledger/ledger.ts";
import { equalBytes, fromHex, toHex } from "../protocol/bytes.ts";
import { type Crl, decodeCrl, type Revocation } from "../protocol/crl.ts";
import { decodeOnePem, encodePem } from "../protocol/pem.ts";
import { issueLine, issueOta, issueRoot, type LineRequest, type OtaRequest, type RootRequest } from "./authority.ts";
import type { ProfiledCertificate } from "./check-profile.ts";
import { begin, end, type HandedRole, takeUp, unfinished, type Wanted } from "./handing-out.ts";
import type { Issuer } from "./issue.ts";
import { publishCrl } from "./publish-crl.ts";
import { verifyChain } from "./verify-chain.ts";

const ROOT = "root.pem";
const KEY = "key";
const LEDGER = "ledger.sqlite";
const CRL = "crl.pem";

/** Where a certificate's files go. */
export interface Place {
  /** Folder. */
  readonly out: string;
  readonly key: HeldKey;
}

export interface Issued {
  readonly certificate: ProfiledCertificate;
  /** Serial numbers of certificates that were begun for the same folder, and whose keys are gone. */
  readonly abandoned: readonly string[];
}

export class Office implements Disposable {
  readonly folder: string;
  readonly root: ProfiledCertificate;
  /** Path or PKCS#11 URI, as openKey takes it. */
  readonly keyReference: string;
  readonly ledger: Ledger;
  /** What open has ended that a kill had left half done. */
  readonly mended: readonly string[];

  private constructor(folder: string, root: ProfiledCertificate, keyReference: string, now: number) {
    this.folder = folder;
    this.root = root;
    this.keyReference = keyReference;
    this.ledger = new Ledger(join(folder, LEDGER));
    try {
      const { certificates } = this.ledger;
      const isNew = certificates.get(toHex(root.serialNumber)) === undefined;
      this.ledger.transaction(() => certificates.adopt("root", root, root, now));
      this.mended = [...(isNew ? [ROOT] : []), ...(this.#writeCrl() ? [CRL] : [])];
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Makes the root certificate and its folder; nothing is overwritten. A run that was stopped before root.pem is gone on
   * with by the key that it has left: no certificate of it was ever on a disk.
   * @throws FILE_EXISTS, CERT_PROFILE, KEY_LOCKED
   */
  static async create(folder: string, request: RootRequest, key: HeldKey): Promise<Office> {
    requireAbsent(...[ROOT, LEDGER].map((name) => join(folder, name)));
    const reference = `${key.reference}\n`;
    requireSameIfThere(join(folder, KEY), reference);
    const root = await issueRoot(request, key.signer);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await key.keep();
    writeFileOnce(join(folder, KEY), reference);
    writeFileOnce(join(folder, ROOT), encodePem("CERTIFICATE", root.der));
    return new Office(folder, root, key.reference, request.now);
  }

  /**
   * Ends what a kill has left half done: the root's row after its file, a list's file after its row.
   * @param now unix seconds @throws FILE_MISSING, LEDGER_CONFLICT, and as verifyChain
   */
  static open(folder: string, now: number): Office {
    const path = join(folder, ROOT);
    const der = decodeOnePem("CERTIFICATE", readTextFile(path));
    removeLeft(path);
    const { root } = verifyChain("root", [der]);
    return new Office(folder, root, readTextFile(join(folder, KEY)).trim(), now);
  }

  /** The root as an issuer. @throws KEY_REFUSED where the key is another's */
  issuer(signer: Signer): Issuer {
    if (toHex(signer.publicKey) !== toHex(this.root.publicKey))
      throw new TouchmarkError("KEY_REFUSED", { data: { what: "the key is not the root's" } });
    return { certificate: this.root, signer };
  }

  /**
   * Enters a line's certificate once its key is kept: before that nothing of it is anywhere. Its files come after; then
   * `handedOut`. The same call goes on where a run was stopped.
   * @throws CERT_PROFILE, CERT_NOT_IN_FORCE, KEY_REFUSED, KEY_LOCKED, LEDGER_CONFLICT, FILE_EXISTS
   */
  async issueLine(request: LineRequest, signer: Signer, place: Place): Promise<Issued> {
    const wanted = { ...request, commonName: request.station };
    return this.#issue("line", wanted, place, () => issueLine(request, this.issuer(signer)));
  }

  /** As issueLine. */
  async issueOta(request: OtaRequest, signer: Signer, place: Place): Promise<Issued> {
    return this.#issue("ota", request, place, () => issueOta(request, this.issuer(signer)));
  }

  /** All its files are written. @param now unix seconds */
  handedOut({ serialNumber }: ProfiledCertificate, now: number): void {
    end(this.ledger, toHex(serialNumber), now);
  }

  /** @param path of a certificate, the last of its run's files @throws FILE_EXISTS unless that run has still to end */
  requireUnfinished(role: HandedRole, path: string): void {
    if (!existsSync(path)) return;
    const der = decodeOnePem("CERTIFICATE", readTextFile(path));
    if (!unfinished(this.ledger, role).some(({ row }) => equalBytes(row.der, der))) requireAbsent(path);
  }

  /**
   * Signs the list anew, with one more entry where one is given; ledger and crl.pem hold it when this returns. An entry
   * that stands there as it is gives the list in force.
   * @param days until the next list is due @param now unix seconds
   * @throws LEDGER_CONFLICT (unknown, or revoked otherwise), LEDGER_FIELD, KEY_REFUSED, KEY_LOCKED
   */
  async publishCrl(revocation: Revocation | undefined, now: number, days: number, signer: Signer): Promise<Crl> {
    const { certificates, lists } = this.ledger;
    const listed = revocation && this.#alike(revocation) ? lists.latest() : undefined;
    if (listed) return decodeCrl(listed);
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

  async #issue(
    role: HandedRole,
    wanted: Wanted,
    { out, key }: Place,
    make: () => Promise<ProfiledCertificate>,
  ): Promise<Issued> {
    const { ledger, root } = this;
    const begun = takeUp(ledger, role, wanted, root, key.found);
    const certificate = begun ?? (await make());
    mkdirSync(out, { recursive: true, mode: 0o700 });
    await key.keep();
    const abandoned = ledger.transaction(() => {
      if (!begun) ledger.certificates.add(role, certificate, root, wanted.now);
      return begin(ledger, role, toHex(certificate.serialNumber), resolve(out), wanted.now);
    });
    return { certificate, abandoned };
  }

  // The ledger's newest list is the one in force. A file that is newer was signed from another ledger: numbers would be
  // given twice, and what it revokes be forgotten. @returns whether the file was behind
  #writeCrl(): boolean {
    const path = join(this.folder, CRL);
    const [held, latest] = [existsSync(path) ? readTextFile(path) : undefined, this.ledger.lists.latest()];
    const number = held === undefined ? 0n : decodeCrl(decodeOnePem("X509 CRL", held)).number;
    if (number > (latest ? decodeCrl(latest).number : 0n))
      throw new TouchmarkError("LEDGER_CONFLICT", {
        data: { path, what: "newer than the ledger: restore its backup" },
      });
    const text = latest && encodePem("X509 CRL", latest);
    if (text === undefined || text === held) return false;
    replaceFile(path, text);
    return true;
  }

  // Before the root signs, so that a slip is found while nothing is written. @returns whether it is revoked so already
  #alike({ serialNumber, reason, block }: Revocation): boolean {
    const row = this.ledger.certificates.get(toHex(serialNumber));
    const known = row?.revocation;
    if (row && (!known || (known.reason === reason && known.block === block))) return known !== undefined;
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
