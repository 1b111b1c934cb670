// SPDX-License-Identifier: Apache-2.0
// A unit is provisioned and locked, then takes the largest image under QEMU's exact instruction count: what the gate
// took, by the unit's own counters, and what went over its line. Then, without that count, under which no time passes as
// it should, the image goes through its trial and is confirmed.

import { announce, makeRelease } from "../../host/src/demo/releases.ts";
import type { ChipFiles } from "../../host/src/device/chip-files.ts";
import { installRelease } from "../../host/src/device/install-release.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import type { UnitClient } from "../../host/src/device/unit-client.ts";
import { decodeBundle } from "../../host/src/protocol/bundle.ts";
import { type Chain, decodeChain } from "../../host/src/protocol/chain.ts";
import { limits } from "../../host/src/protocol/generated.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { provision } from "../../host/src/station/provision.ts";
import { Workshop } from "../../test/support/workshop.ts";
import { type CountedTransport, openCounted } from "./counted-transport.ts";
import type { Figure } from "./figure.ts";
import { floorOf } from "./floor.ts";
import { ProvisioningClient } from "./provisioning-client.ts";
import { publicProof } from "./public-proof.ts";

const EXACT_COUNT = ["-icount", "shift=0,sleep=off"];

const VERSION = "1.1.0";

interface Update {
  readonly counters: Readonly<Record<string, number>>;
  readonly chain: Chain;
  readonly bundleBytes: number;
  readonly wireBytes: number;
}

export async function installFigures(): Promise<Figure[]> {
  await using workshop = await Workshop.open();
  const chip = workshop.newChip();
  const provisioning = await withUnit(chip, [], async (unit, line) => {
    const before = line.bytes;
    await provision(workshop.station, unit, { serial: "TM1-0001" });
    const wireBytes = line.bytes - before;
    const witnesses = 2;
    const enroll = publicProof({ release: false, witnesses });
    const lock = publicProof({ release: true, witnesses });
    return provisioningFigures(wireBytes, await unit.proofBytes(), await unit.bytesOf(enroll, lock));
  });
  const release = await largestRelease(workshop);
  const updated = await withUnit(chip, EXACT_COUNT, (unit, line) => update(workshop, release, unit, line));
  const { version } = await withUnit(chip, [], async (unit) =>
    installRelease(unit, await workshop.bundle(release, unit)),
  );
  if (version !== VERSION) throw new Error(`in the end it runs ${version}`);
  return [...updateFigures(updated), ...provisioning];
}

function provisioningFigures(wireBytes: number, localProofs: number, publicProofs: number): Figure[] {
  const bare = wireBytes - localProofs;
  const unit = "bytes both ways";
  return [
    {
      figure: "wire.provision",
      value: bare,
      unit,
      budget: "<= 6144",
      anchor: "CSR and certificates: 1.7 KB",
      note: "without license proofs",
    },
    { figure: "wire.provision.local", value: wireBytes, unit, note: "with the two proofs of a local chain" },
    {
      figure: "wire.provision.public",
      value: bare + publicProofs,
      unit,
      note: "with two proofs as large as Polygon's: account nine nodes deep, words four, header 1.6 KB",
    },
  ];
}

/** The app with noise behind it, as large as images may be. */
async function largestRelease(workshop: Workshop): Promise<SignedRelease> {
  const app = (await workshop.release(VERSION, 2)).image;
  const image = Uint8Array.from({ length: limits.imageBytes }, (_, at) => app[at] ?? (at * 2_654_435_761) >>> 23);
  const release = await makeRelease(workshop.releases, image, { sequence: 3, version: VERSION });
  await announce(workshop.releases, release);
  return release;
}

async function update(
  workshop: Workshop,
  release: SignedRelease,
  unit: UnitClient,
  line: CountedTransport,
): Promise<Update> {
  const bundle = await workshop.bundle(release, unit);
  const before = line.bytes;
  await unit.upload(bundle);
  const wireBytes = line.bytes - before;
  const chain = decodeChain(decodeBundle(bundle).chain);
  return { counters: await unit.counters(), chain, bundleBytes: bundle.length, wireBytes };
}

function updateFigures({ counters, chain, bundleBytes, wireBytes }: Update): Figure[] {
  const { instructions = 0, verifies = 0, sha256Bytes = 0, keccakBlocks = 0 } = counters;
  const { required, floor } = floorOf(chain.witnesses.length, { sha256Bytes, keccakBlocks });
  const depths = `${chain.account.length}, ${chain.license.length}, ${chain.release.length}`;
  return [
    {
      figure: "install.local",
      value: instructions,
      unit: "instructions",
      note: `a whole unit, image of 256 KiB, on a local chain: k = ${chain.witnesses.length}; account, license, release ${depths} nodes deep`,
    },
    {
      figure: "install.local.overhead",
      value: instructions / floor - 1,
      unit: "of the floor",
      budget: "<= 0.15",
      note: `${verifies} verifies, ${required} required; ${sha256Bytes} bytes of SHA-256, ${keccakBlocks} Keccak blocks`,
    },
    {
      figure: "wire.efficiency",
      value: bundleBytes / wireBytes,
      unit: "bundle bytes/byte",
      budget: ">= 0.7",
      anchor: "raw SMP: 0.447 of the line rate",
      note: `${bundleBytes} of ${wireBytes} bytes both ways`,
    },
  ];
}

async function withUnit<T>(
  chip: ChipFiles,
  extra: readonly string[],
  use: (unit: ProvisioningClient, line: CountedTransport) => Promise<T>,
): Promise<T> {
  const machine = await startQemu(chip, { extra });
  try {
    const line = await openCounted(machine.address);
    const unit = new ProvisioningClient(line);
    try {
      await unit.waitForHello();
      return await use(unit, line);
    } finally {
      await unit.close();
    }
  } finally {
    await machine.kill();
  }
}
