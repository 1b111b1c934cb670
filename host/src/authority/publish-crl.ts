// SPDX-License-Identifier: Apache-2.0
import { type Crl, decodeCrl, encodeCrl, type Revocation } from "../protocol/crl.ts";
import { checkCrl } from "./check-crl.ts";
import type { Issuer } from "./issue.ts";

export interface CrlRequest {
  readonly revocations: readonly Revocation[];
  /** One above the last. */
  readonly number: bigint;
  /** Unix seconds. */
  readonly now: number;
  /** Days until the next list is due. */
  readonly days: number;
}

const DAY = 86_400;

/** Signs the whole list anew. */
export async function publishCrl({ revocations, number, now, days }: CrlRequest, root: Issuer): Promise<Crl> {
  const body = {
    issuer: root.certificate.subject,
    thisUpdate: now,
    nextUpdate: now + Math.round(days * DAY),
    number,
    authorityKeyIdentifier: root.certificate.subjectKeyIdentifier,
    revocations,
  };
  const crl = decodeCrl(await encodeCrl(body, (digest) => root.signer.sign(digest)));
  checkCrl(crl, root.certificate);
  return crl;
}
