// SPDX-License-Identifier: Apache-2.0
import type { SignedRelease } from "../protocol/signed-release.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import type { TrustBlock } from "../protocol/trust-block.ts";
import { announceCall, sendToBoard, withdrawCall } from "../release/announce.ts";
import { buildRelease, type ReleaseDescription } from "../release/build.ts";
import { type OtaIdentity, signRelease } from "../release/sign.ts";
import type { DemoChain } from "./chain.ts";
import { contractOf, type DemoLicense } from "./license.ts";

export const SECURITY_VERSION = 1;

export interface ReleaseLine {
  readonly chain: DemoChain;
  readonly license: DemoLicense;
  readonly identity: OtaIdentity;
  /** Of the units that the releases are for. */
  readonly trust: TrustBlock;
}

/** Of one image, signed for the demo's units unless `change` says otherwise. */
export async function makeRelease(
  { license, identity, trust }: ReleaseLine,
  image: Uint8Array,
  change: Pick<ReleaseDescription, "sequence" | "version"> & Partial<ReleaseDescription>,
): Promise<SignedRelease> {
  const { chainId, board, boardCodeHash, vendorId, classId } = trust;
  const { manifest } = buildRelease(image, {
    ...{ chainId, board, boardCodeHash, vendorId, classId },
    manufacturerId: license.manufacturerId,
    securityVersion: SECURITY_VERSION,
    minBlock: 0n,
    ...change,
  });
  return await signRelease(image, manifest, identity);
}

export async function announce(line: ReleaseLine, release: SignedRelease): Promise<void> {
  await sendToBoard(announceCall(onBoard(line, release), SECURITY_VERSION));
}

export async function withdraw(line: ReleaseLine, release: SignedRelease): Promise<void> {
  await sendToBoard(withdrawCall(onBoard(line, release)));
}

function onBoard({ chain, license }: ReleaseLine, { manifest }: SignedRelease) {
  const board = contractOf(chain, license.deployment, "board", "announcer");
  return { board, manufacturerId: license.manufacturerId, digest: manifestDigest(manifest) };
}
