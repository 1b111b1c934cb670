// SPDX-License-Identifier: Apache-2.0
import type { ProfiledCertificate } from "../authority/check-profile.ts";
import type { Issuer } from "../authority/issue.ts";
import { type VerifyOptions, verifyChain } from "../authority/verify-chain.ts";
import { TouchmarkError } from "../errors.ts";
import type { Signer } from "../keys/signer.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { equalBytes } from "../protocol/bytes.ts";
import type { Crl } from "../protocol/crl.ts";

/** A station's right to issue: its line key, the line's certificate and the root above. */
export interface Line extends Issuer {
  readonly root: ProfiledCertificate;
  /** The root's list that the station has. */
  readonly crl?: Crl;
}

/**
 * Verifies the line and enters it and its root into the ledger.
 * @param path DER of the line's certificate and the root's @param now unix seconds
 * @throws as verifyChain; KEY_REFUSED where the key is another's
 */
export function openLine(
  path: readonly [line: Uint8Array, root: Uint8Array],
  signer: Signer,
  ledger: Ledger,
  now: number,
  options: Omit<VerifyOptions, "at"> = {},
): Line {
  const { leaf: certificate, root } = verifyChain("line", path, { ...options, at: now });
  if (!equalBytes(signer.publicKey, certificate.publicKey))
    throw new TouchmarkError("KEY_REFUSED", { data: { what: "the key is not the line's" } });
  ledger.transaction(() => {
    ledger.certificates.adopt("root", root, root, now);
    ledger.certificates.adopt("line", certificate, root, now);
  });
  return { certificate, root, signer, ...(options.crl && { crl: options.crl }) };
}
