// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { ethers, now, rollBackAfterEach } from "./support/chain.ts";
import { mint, record, records } from "./support/devices.ts";
import { applyFor, EVIDENCE, licensedWorld, MODEL, passAudits, QUOTA, YEAR } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const MINT = "registry.mintAftermarketDeviceByManufacturerBatch";

describe("license text 10: quota", () => {
  let world: World;
  let id: bigint;

  const batch = (batchId: number, count: number) => ({ id, batchId, model: MODEL, count, root: ethers.id("root") });
  const used = () => world.read<bigint>("registry.unitsRegistered", id);

  before(async () => {
    ({ world, id } = await licensedWorld());
  });
  rollBackAfterEach();

  it("counts units however they are registered", async () => {
    await mint(world, "maker", id, 1, 4);
    await world.send("maker", "registry.commitBatch", batch(1, 100));
    expect(await used()).to.equal(103n);
  });

  it("is met to the last unit and not exceeded by one", async () => {
    await world.send("maker", "registry.commitBatch", batch(1, QUOTA - 2));
    await world.refuses("maker", MINT, [id, records(1, 4)], "QuotaExceeded", [id, QUOTA, QUOTA + 1]);
    await world.refuses("maker", "registry.commitBatch", [batch(2, 3)], "QuotaExceeded", [id, QUOTA, QUOTA + 1]);
    await mint(world, "maker", id, 1, 3);
    await world.refuses("maker", MINT, [id, [record(4)]], "QuotaExceeded", [id, QUOTA, QUOTA + 1]);
  });

  it("is raised by the licensor, never lowered", async () => {
    await world.refuses("maker", "programme.raiseQuota", [id, QUOTA + 1], "NotLicensor");
    await world.refuses("licensor", "programme.raiseQuota", [id, QUOTA], "QuotaNotRaised", [QUOTA, QUOTA]);
    await world.send("licensor", "programme.raiseQuota", id, QUOTA + 1);
    await world.send("maker", "registry.commitBatch", batch(1, QUOTA + 1));
  });

  it("is read again where it was raised since the last registration", async () => {
    await mint(world, "maker", id, 1, 2);
    await world.send("licensor", "programme.raiseQuota", id, QUOTA + 5);
    await world.refuses("maker", "registry.commitBatch", [batch(1, QUOTA + 5)], "QuotaExceeded", [
      id,
      QUOTA + 5,
      QUOTA + 6,
    ]);
    await world.send("maker", "registry.commitBatch", batch(1, QUOTA + 4));
    await world.refuses("maker", MINT, [id, [record(2)]], "QuotaExceeded", [id, QUOTA + 5, QUOTA + 6]);
  });

  it("is never granted at zero, nor below what an earlier license allowed", async () => {
    await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
    await applyFor(world, id, "maker");
    const expiry = (await now()) + YEAR;
    await passAudits(world, id, expiry);
    for (const quota of [0, QUOTA - 1])
      await world.refuses("licensor", "programme.grant", [{ id, expiry, quota }], "QuotaNotRaised", [QUOTA, quota]);
    await world.send("licensor", "programme.grant", { id, expiry, quota: QUOTA });
  });
});
