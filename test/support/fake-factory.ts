// SPDX-License-Identifier: Apache-2.0
// Factory images of FAKE units: the built firmware, signed by the keys of certs/fake, for a board that need not exist.
import { readFileSync } from "node:fs";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import type { TrustBlock } from "../../host/src/protocol/trust-block.ts";
import { buildRelease, type ReleaseDescription } from "../../host/src/release/build.ts";
import { type FlashPort, factoryImage } from "../../host/src/release/factory.ts";
import { signRelease } from "../../host/src/release/sign.ts";
import { fakeAuthority } from "./fake-authority.ts";
import { fakeSigner } from "./fake-keys.ts";

const built = (path: string): Uint8Array =>
  Uint8Array.from(readFileSync(new URL(`../../build/firmware/${path}`, import.meta.url)));

const CHAIN_ID = 31_337n;
const board = new Uint8Array(20).fill(0xb0);
const boardCodeHash = new Uint8Array(32).fill(0xc0);
const vendorId = new Uint8Array(16).fill(0x01);
const classId = new Uint8Array(16).fill(0x02);

export const fakeTrust: TrustBlock = {
  chainId: CHAIN_ID,
  manufacturerId: 0n,
  board,
  boardCodeHash,
  vendorId,
  classId,
  rootHash: new Uint8Array(32),
  epoch: 1,
  floorNumber: 0n,
  floorTimestamp: 0n,
  witnessThreshold: 2,
  witnesses: ["witness-1", "witness-2", "witness-3"].map((name) => fakeSigner(name).publicKey),
  recoveryThreshold: 0,
  recoveryKeys: [],
};

export async function fakeRelease(
  description: Partial<ReleaseDescription> = {},
  port: FlashPort = "virt",
): Promise<SignedRelease> {
  const { root, ota, otaSigner } = await fakeAuthority({ chainId: CHAIN_ID });
  const image = built(`${port}/app.bin`);
  const { manifest } = buildRelease(image, {
    chainId: CHAIN_ID,
    board,
    boardCodeHash,
    manufacturerId: 7n,
    securityVersion: 1,
    minBlock: 0n,
    version: "1.0.0",
    vendorId,
    classId,
    sequence: 1,
    ...description,
  });
  return signRelease(image, manifest, { signer: otaSigner, certificate: ota.der, root: root.certificate.der });
}

export async function fakeFactoryImage(
  port: FlashPort = "virt",
  treat: (bootloader: Uint8Array) => Uint8Array = (bootloader) => bootloader,
): Promise<Uint8Array> {
  return factoryImage({
    port,
    bootloader: treat(built(`${port}/bootloader.bin`)),
    release: await fakeRelease({}, port),
    trust: fakeTrust,
  });
}
