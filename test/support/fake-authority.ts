// SPDX-License-Identifier: Apache-2.0
// A whole hierarchy from the keys of certs/fake, at a fixed time.
import { issueLine, issueOta, issueRoot } from "../../host/src/authority/authority.ts";
import type { ProfiledCertificate } from "../../host/src/authority/check-profile.ts";
import type { Issuer } from "../../host/src/authority/issue.ts";
import { issueDevice } from "../../host/src/authority/issue-device.ts";
import type { MemorySigner } from "../../host/src/keys/memory-signer.ts";
import { fakeSigner } from "./fake-keys.ts";

/** 2026-06-01T00:00:00Z. */
export const NOW = 1_780_272_000;

export interface FakeAuthority {
  readonly root: Issuer;
  readonly line: Issuer;
  readonly device: ProfiledCertificate;
  readonly deviceSigner: MemorySigner;
  readonly ota: ProfiledCertificate;
  readonly otaSigner: MemorySigner;
}

export interface FakeOptions {
  /** Prefix of the fake keys' names: "" or "other-". */
  readonly keys?: "" | "other-";
  readonly chainId?: bigint;
  readonly manufacturerId?: bigint;
  readonly units?: number;
}

export async function fakeAuthority(options: FakeOptions = {}): Promise<FakeAuthority> {
  const { keys = "", chainId = 31_337n, manufacturerId = 7n, units = 1000 } = options;
  const rootSigner = fakeSigner(`${keys}root`);
  const lineSigner = fakeSigner(`${keys}line`);
  const deviceSigner = fakeSigner(`${keys}device`);
  const otaSigner = fakeSigner(`${keys}ota`);
  const names = { organization: "FAKE Maker", commonName: "FAKE root" };
  const rootCertificate = await issueRoot({ ...names, chainId, manufacturerId, now: NOW, days: 7300 }, rootSigner);
  const root = { certificate: rootCertificate, signer: rootSigner };
  const station = { station: "FAKE station 1", publicKey: lineSigner.publicKey, units, now: NOW, days: 30 };
  const line = { certificate: await issueLine(station, root), signer: lineSigner };
  const product = { serial: "FAKE-0001", hardwareModel: "tm-1", now: NOW + 3600 };
  const device = await issueDevice({ publicKey: deviceSigner.publicKey, ...product }, line);
  const release = { commonName: "FAKE releases", publicKey: otaSigner.publicKey, now: NOW, days: 365 };
  return { root, line, device, deviceSigner, ota: await issueOta(release, root), otaSigner };
}
