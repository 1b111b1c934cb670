// SPDX-License-Identifier: Apache-2.0
// A licensed manufacturer with a running chain, a federation of witnesses, built firmware and a station: what flows on
// real units start from. Made of the demo's own parts.
import { cpSync } from "node:fs";
import { buildApp, buildBootloader, type DemoPort } from "../../host/src/demo/firmware.ts";
import { prepare } from "../../host/src/demo/prepare.ts";
import { announce, makeRelease, type ReleaseLine } from "../../host/src/demo/releases.ts";
import { Steps } from "../../host/src/demo/report.ts";
import { stationOf } from "../../host/src/demo/station.ts";
import type { World } from "../../host/src/demo/world.ts";
import { type ChipFiles, makeChip } from "../../host/src/device/chip-files.ts";
import { startQemu } from "../../host/src/device/qemu.ts";
import type { UnitClient } from "../../host/src/device/unit-client.ts";
import type { MemorySigner } from "../../host/src/keys/memory-signer.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { manifestDigest } from "../../host/src/protocol/suit-manifest.ts";
import { proveBundle } from "../../host/src/release/bundle.ts";
import { factoryImage } from "../../host/src/release/factory.ts";
import type { Station } from "../../host/src/station/station.ts";
import { espChipWith, powerEsp, SETTLE_MS } from "./esp-chip.ts";
import { PoweredUnit } from "./powered-unit.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const silent = { begin: () => undefined, end: () => undefined };

export class Workshop implements AsyncDisposable {
  readonly world: World;
  readonly releases: ReleaseLine;
  readonly station: Station;
  readonly folder: TemporaryFolder;
  /** The release that its units are flashed with. */
  readonly first: SignedRelease;
  /** The image that its units are flashed with. */
  readonly factory: Uint8Array;
  readonly #stack: AsyncDisposableStack;
  #chips = 0;

  private constructor(
    world: World,
    first: SignedRelease,
    factory: Uint8Array,
    folder: TemporaryFolder,
    stack: AsyncDisposableStack,
  ) {
    this.world = world;
    this.releases = { ...world, identity: world.authority.ota };
    this.station = stationOf(world, manifestDigest(first.manifest));
    this.folder = folder;
    this.first = first;
    this.factory = factory;
    this.#stack = stack;
  }

  /**
   * @param port what its units are; esp32c3 needs ESP_QEMU only when one is powered
   * @param newKey of root, line and OTA signer, in this order
   */
  static async open(port: DemoPort = "virt", newKey?: () => MemorySigner): Promise<Workshop> {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(new TemporaryFolder());
    const processes = stack.use(new AsyncDisposableStack());
    const open = stack.use(new AsyncDisposableStack());
    const steps = new Steps(silent);
    const world = await prepare({ root: ROOT, port, folder: folder.path, steps, processes, open }, newKey);
    const line = { ...world, identity: world.authority.ota };
    const version = "1.0.0";
    const first = await makeRelease(line, await buildApp(ROOT, version, port), { sequence: 1, version });
    await announce(line, first);
    const bootloader = await buildBootloader(ROOT, port);
    const flash = factoryImage({ port, bootloader, release: first, trust: world.trust });
    return new Workshop(world, first, flash, folder, stack.move());
  }

  /** A chip as the factory flashes it. */
  newChip(): ChipFiles {
    const folder = this.folder.join(`chip-${++this.#chips}`);
    return this.world.port === "virt" ? makeChip(folder, this.factory) : espChipWith(folder, this.factory);
  }

  /** One of its chips, powered. */
  power(chip: ChipFiles): Promise<PoweredUnit> {
    return this.world.port === "virt" ? PoweredUnit.on(chip, startQemu) : PoweredUnit.on(chip, powerEsp, SETTLE_MS);
  }

  /** Another chip with the same flash. */
  cloneOf({ flash }: ChipFiles): ChipFiles {
    const clone = this.newChip();
    cpSync(flash, clone.flash);
    return clone;
  }

  /** Built, signed and announced. */
  async release(version: string, sequence: number): Promise<SignedRelease> {
    const release = await makeRelease(this.releases, await buildApp(ROOT, version, this.world.port), {
      sequence,
      version,
    });
    await announce(this.releases, release);
    return release;
  }

  /** A bundle for the unit as it is now, whatever the unit will say. */
  async bundle(release: SignedRelease, unit: UnitClient): Promise<Uint8Array> {
    const root = this.world.authority.root.certificate.der;
    const request = { release, state: await unit.state(), root, evenIfRefused: true };
    return (await proveBundle(request, this.world.federation.sources)).bundle;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]();
  }
}
