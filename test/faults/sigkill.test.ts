// SPDX-License-Identifier: Apache-2.0
// SIGKILL of the unit at random moments of provisioning and of an update; then power again. The step is done or can be
// repeated; never two keys, never half an identity, never no firmware.
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type ChipFiles, copyChip } from "../../host/src/device/chip-files.ts";
import { installRelease } from "../../host/src/device/install-release.ts";
import { isTouchmarkError } from "../../host/src/errors.ts";
import type { SignedRelease } from "../../host/src/protocol/signed-release.ts";
import { provision } from "../../host/src/station/provision.ts";
import { PoweredUnit } from "../support/powered-unit.ts";
import { randomFrom, seedOfRun } from "../support/random.ts";
import { Workshop } from "../support/workshop.ts";

const MOMENTS = 10;
/** What a host sees of a unit that loses power under it. */
const LOST = ["SERIAL_GONE", "SERIAL_TIMEOUT"];

describe("a unit that loses power", function () {
  this.timeout(300_000);
  const seed = seedOfRun();
  const random = randomFrom(seed);
  let workshop: Workshop;

  before(async () => {
    console.log(`    TOUCHMARK_SEED=${seed}`);
    workshop = await Workshop.open();
  });
  after(() => workshop[Symbol.asyncDispose]());

  it("A6 during provisioning keeps its one key and can be taken to the end", async () => {
    const { station } = workshop;
    const take = (chip: ChipFiles, serial: string) =>
      underPower(chip, (client) => provision(station, client, { serial }));
    const whole = await underPower(workshop.newChip(), (client) =>
      timed(() => provision(station, client, { serial: "FAKE-WHOLE" })),
    );
    for (let moment = 0; moment < MOMENTS; moment++) {
      const chip = workshop.newChip();
      const serial = `FAKE-${moment}`;
      const after = random() * whole;
      const context = `moment ${moment}, ${after.toFixed(1)} of ${whole.toFixed(1)} ms`;
      await killedAfter(after, chip, (client) => provision(station, client, { serial }));
      const known = station.ledger.units.bySerial(serial);
      const row = await take(chip, serial);
      expect(row?.state, context).to.equal("locked");
      if (known) expect(row?.address, context).to.equal(known.address);
      expect(station.ledger.units.all().filter((unit) => unit.serial === serial)).to.have.length(1);
    }
  });

  it("D10 D12 during an update runs the old release or the new one, and takes the new one in the end", async () => {
    const { station } = workshop;
    const locked = workshop.newChip();
    await underPower(locked, (client) => provision(station, client, { serial: "FAKE-LOCKED" }));
    const release = await workshop.release("1.1.0", 2);
    const update = async (client: PoweredUnit["client"]) =>
      await installRelease(client, await workshop.bundle(release, client));
    const fork = (name: string): ChipFiles => copyChip(locked, workshop.folder.join(name));
    const whole = await underPower(fork("whole"), (client) => timed(() => update(client)));
    for (let moment = 0; moment < MOMENTS; moment++) {
      const chip = fork(`fork-${moment}`);
      const after = random() * whole;
      await killedAfter(after, chip, update);
      await expectUpdatable(chip, release, `moment ${moment}, ${after.toFixed(1)} of ${whole.toFixed(1)} ms`);
    }
  });

  async function expectUpdatable(chip: ChipFiles, release: SignedRelease, context: string): Promise<void> {
    await underPower(chip, async (client) => {
      const found = await client.hello();
      expect(found.version, context).to.be.oneOf(["1.0.0", "1.1.0"]);
      expect(found.life, context).to.equal("locked");
      await installRelease(client, await workshop.bundle(release, client));
      const [running] = (await client.images()).filter(({ active }) => active);
      expect(running, context).to.include({ version: "1.1.0", confirmed: true });
    });
  }
});

async function underPower<T>(chip: ChipFiles, use: (client: PoweredUnit["client"]) => Promise<T>): Promise<T> {
  await using unit = await PoweredUnit.on(chip);
  return await use(unit.client);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Powers the chip, uses it, and pulls the plug. */
async function killedAfter(
  milliseconds: number,
  chip: ChipFiles,
  use: (client: PoweredUnit["client"]) => Promise<unknown>,
): Promise<void> {
  await using unit = await PoweredUnit.on(chip);
  const used = use(unit.client).catch((error: unknown) => {
    if (!isTouchmarkError(error) || !LOST.includes(error.code)) throw error;
  });
  await sleep(milliseconds);
  await unit.machine.kill();
  await used;
}
