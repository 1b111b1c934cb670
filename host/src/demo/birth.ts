// SPDX-License-Identifier: Apache-2.0
// Act two: firmware is built and announced, a blank unit boots, gets its identity, its place on chain, and is locked.
import type { ChipFiles } from "../device/chip-files.ts";
import { TouchmarkError } from "../errors.ts";
import { manifestDigest } from "../protocol/suit-manifest.ts";
import { factoryImage } from "../release/factory.ts";
import { type ProvisioningStep, provision } from "../station/provision.ts";
import { buildApp, buildBootloader } from "./firmware.ts";
import { announce, makeRelease, type ReleaseLine } from "./releases.ts";
import { stationOf } from "./station.ts";
import { bootUnit, type DemoUnit, flashNewChip } from "./unit.ts";
import { type Born, SERIAL, type World } from "./world.ts";

const FIRST = { sequence: 1, version: "1.0.0" } as const;

export async function bear(world: World, line: ReleaseLine): Promise<Born> {
  const { root, port, steps } = world;
  const release = await steps.take("build and sign release 1.0.0", async () =>
    makeRelease(line, await buildApp(root, FIRST.version, port), FIRST),
  );
  await steps.take("announce 1.0.0", () => announce(line, release));
  const flash = await steps.take("make the factory image", async () =>
    factoryImage({ port, bootloader: await buildBootloader(root, port), release, trust: world.trust }),
  );
  const flashed = (): Promise<ChipFiles> => flashNewChip(world, flash);
  const chip = port === "virt" ? undefined : await steps.take("flash a new chip through its mask ROM", flashed);
  const unit = await steps.take("boot a blank unit", async () => bootBlank(world, chip ?? (await flashed())));

  const station = stationOf(world, manifestDigest(release.manifest));
  const until = async (step: ProvisioningStep) =>
    await provision(station, unit.client, { serial: SERIAL }, { until: step });
  await steps.take("provision it: birth, CSR, certificate, enrolment", () => until("verify"));
  const row = await steps.take("register it under the ManufacturerID", () => until("register"));
  await steps.take("lock it", () => until("lock"));
  if (row?.tokenId === undefined) throw new TouchmarkError("INTERNAL");
  return { unit, address: row.address, tokenId: row.tokenId };
}

async function bootBlank(world: World, chip: ChipFiles): Promise<DemoUnit> {
  const { processes, open } = world;
  const unit = await bootUnit(world, chip);
  processes.defer(() => unit.machine.kill());
  open.defer(() => unit.client.close());
  const { life } = await unit.client.hello();
  if (life !== "blank") throw new TouchmarkError("LIFE_STATE", { data: { life } });
  return unit;
}
