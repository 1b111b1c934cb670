// SPDX-License-Identifier: Apache-2.0
// The manufacturer's keys and certificates, made for this demo and gone with this process.
import { randomBytes } from "node:crypto";
import { issueLine, issueOta, issueRoot } from "../authority/authority.ts";
import type { Issuer } from "../authority/issue.ts";
import { type MemorySigner, memorySigner } from "../keys/memory-signer.ts";
import { isSecret } from "../protocol/secp256k1.ts";
import type { OtaIdentity } from "../release/sign.ts";

export interface DemoAuthority {
  readonly root: Issuer;
  readonly line: Issuer;
  readonly ota: OtaIdentity;
}

export interface Manufacturer {
  readonly name: string;
  readonly chainId: bigint;
  readonly manufacturerId: bigint;
  /** Where its units are claimed and paired. */
  readonly registry: string;
}

const UNITS = 100;

/** @param now unix seconds, not after the block that the certificates are first judged against */
export async function issueCertificates(
  manufacturer: Manufacturer,
  now: number,
  newKey: () => MemorySigner = newSigner,
): Promise<DemoAuthority> {
  const { name, chainId, manufacturerId, registry } = manufacturer;
  const rootSigner = newKey();
  const named = { organization: name, commonName: `${name} root` };
  const certificate = await issueRoot({ ...named, chainId, manufacturerId, registry, now, days: 20 * 365 }, rootSigner);
  const root = { certificate, signer: rootSigner };
  const lineSigner = newKey();
  const station = { station: "demo line", publicKey: lineSigner.publicKey, units: UNITS, now, days: 30 };
  const otaSigner = newKey();
  const releases = { commonName: `${name} releases`, publicKey: otaSigner.publicKey, now, days: 365 };
  const ota = await issueOta(releases, root);
  return {
    root,
    line: { certificate: await issueLine(station, root), signer: lineSigner },
    ota: { signer: otaSigner, certificate: ota.der, root: certificate.der },
  };
}

/** A fresh key that lives in memory. */
export function newSigner(): MemorySigner {
  for (;;) {
    const secret = Uint8Array.from(randomBytes(32));
    if (isSecret(secret)) return memorySigner(secret);
  }
}
