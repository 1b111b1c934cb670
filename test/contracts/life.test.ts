// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { words } from "../../host/src/protocol/generated.ts";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import {
  allowed,
  applyFor,
  EVIDENCE,
  fund,
  grantLicense,
  handNode,
  passAudits,
  QUOTA,
  signedMou,
  unlicensedWorld,
  YEAR,
} from "./support/steps.ts";
import { MIN_STAKE, type World } from "./support/world.ts";

const LIFE = { applied: 1n, active: 2n, suspended: 3n, sunset: 4n, renounced: 5n, revoked: 6n } as const;

describe("license text 9: life, step by step", () => {
  let world: World;
  let id: bigint;
  let expiry: number;

  const license = () => world.read<{ life: bigint; expiry: bigint; licensee: string }>("programme.licenseOf", id);
  const standing = () => world.read<[bigint, bigint]>("programme.standing", id);

  before(async () => {
    ({ world, id } = await unlicensedWorld());
    expiry = await grantLicense(world, id, "maker");
  });
  rollBackAfterEach();

  it("a suspension ends in the life it interrupted", async () => {
    await world.send("licensor", "programme.sunset", id, expiry);
    await world.send("licensor", "programme.suspend", id, 4, EVIDENCE);
    const receipt = await world.send("licensor", "programme.reinstate", id);
    expect(world.event(receipt, "programme.Reinstated").life).to.equal(LIFE.sunset);
  });

  it("tells each end of a license, why and on which evidence", async () => {
    const rivalId = await handNode(world, "Rival Works", "rival");
    await applyFor(world, rivalId, "rival");
    const refused = await world.send("licensor", "programme.refuse", rivalId, EVIDENCE);
    expect(world.event(refused, "programme.Refused")).to.deep.equal({ id: rivalId, evidence: EVIDENCE });
    const sunset = await world.send("licensor", "programme.sunset", id, expiry - DAY);
    expect(world.event(sunset, "programme.Sunset")).to.deep.equal({ id, expiry: BigInt(expiry - DAY) });
    const renounced = await world.send("maker", "programme.renounce", id);
    const end = BigInt((await now()) + 30 * DAY);
    expect(world.event(renounced, "programme.Renounced")).to.deep.equal({ id, expiry: end });
    const revoked = await world.send("licensor", "programme.revoke", id, 4, EVIDENCE);
    expect(world.event(revoked, "programme.Revoked")).to.deep.equal({ id, reason: 4n, evidence: EVIDENCE });
  });

  it("a sunset never lasts longer than the license, and ends in the future", async () => {
    await world.refuses("licensor", "programme.sunset", [id, expiry + 1], "ExpiryLater", [expiry, expiry + 1]);
    await world.refuses("licensor", "programme.sunset", [id, await now()], "ExpiryPassed");
  });

  it("a renounced license serves its units until the notice has passed", async () => {
    await world.send("maker", "programme.renounce", id);
    const [status, until] = await standing();
    expect(status).to.equal(BigInt(words.licenseStatus.sunset));
    expect(until).to.equal(BigInt((await now()) + 30 * DAY));
  });

  it("renouncing extends nothing: a license that ends sooner ends then", async () => {
    await pass(YEAR - 10 * DAY);
    await world.send("maker", "programme.renounce", id);
    expect((await standing())[1]).to.equal(BigInt(expiry));
  });

  it("renouncing out of a suspension brings nothing back into force", async () => {
    await world.send("licensor", "programme.suspend", id, 4, EVIDENCE);
    await world.send("maker", "programme.renounce", id);
    expect((await standing())[1]).to.equal(BigInt(await now()));
  });

  it("a renounced license can still be suspended and revoked", async () => {
    await world.send("maker", "programme.renounce", id);
    await world.send("licensor", "programme.suspend", id, 4, EVIDENCE);
    expect((await standing())[0]).to.equal(BigInt(words.licenseStatus.suspended));
    await world.send("licensor", "programme.revoke", id, 4, EVIDENCE);
    expect((await standing())[0]).to.equal(BigInt(words.licenseStatus.revoked));
  });

  it("renews only what the licensee asked to renew, to a later end", async () => {
    await world.refuses("licensor", "programme.renew", [id, expiry + YEAR], "RenewalNotRequested", [id]);
    await world.send("maker", "programme.requestRenewal", id);
    await passAudits(world, id, expiry + YEAR);
    await world.refuses("licensor", "programme.renew", [id, expiry], "ExpiryNotLater", [expiry, expiry]);
    await world.send("licensor", "programme.renew", id, expiry + YEAR);
    await world.refuses("licensor", "programme.renew", [id, expiry + 2 * YEAR], "RenewalNotRequested", [id]);
  });

  it("renews an expired license, and refuses an end that has passed", async () => {
    await pass(YEAR + DAY);
    await world.send("maker", "programme.requestRenewal", id);
    await world.refuses("licensor", "programme.renew", [id, expiry + 1], "ExpiryPassed", [expiry + 1]);
    const later = (await now()) + YEAR;
    await passAudits(world, id, later);
    await world.send("licensor", "programme.renew", id, later);
    expect((await standing())[0]).to.equal(BigInt(words.licenseStatus.active));
  });

  it("grants nothing that has expired already", async () => {
    const rivalId = await handNode(world, "Rival Works", "rival");
    await applyFor(world, rivalId, "rival");
    const past = { id: rivalId, expiry: await now(), quota: QUOTA };
    await world.refuses("licensor", "programme.grant", [past], "ExpiryPassed");
  });

  describe("when the node changes hands", () => {
    beforeEach(() => world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id));

    it("C8 the license stays the former licensee's, and is in force for nobody", async () => {
      expect((await license()).licensee).to.equal(world.address("maker"));
      expect((await standing())[0]).to.equal(BigInt(words.licenseStatus.suspended));
    });

    it("the new owner applies anew, and the former stake is released", async () => {
      await applyFor(world, id, "admin");
      const { licensee, life } = await license();
      expect([licensee, life]).to.deep.equal([world.address("admin"), LIFE.applied]);
      await pass(30 * DAY);
      await world.send("maker", "programme.withdrawStake", id);
      expect(await world.read("token.balanceOf", world.address("maker"))).to.equal(MIN_STAKE);
      expect(await world.read("programme.stakeOf", id, world.address("admin"))).to.equal(MIN_STAKE);
    });

    it("the former owner cannot apply, nor be granted what it applied for", async () => {
      await fund(world, "maker");
      const application = { id, payment: allowed(MIN_STAKE), mou: await signedMou(world, id, "maker") };
      await world.refuses("maker", "programme.applyForLicense", [application], "NotEntitledOwner");
    });

    it("an owner whose right to the node was taken can neither apply nor be granted", async () => {
      await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), id);
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await applyFor(world, id, "maker", 0n);
      await passAudits(world, id, (await now()) + YEAR);
      await world.send("admin", "nodes.removeController", world.address("maker"));
      const grant = { id, expiry: (await now()) + 300 * DAY, quota: QUOTA };
      await world.refuses("licensor", "programme.grant", [grant], "LicenseeNotOwner", [id, world.address("maker")]);
      await world.send("licensor", "programme.refuse", id, EVIDENCE);
      const application = { id, payment: allowed(0n), mou: await signedMou(world, id, "maker") };
      await world.refuses("maker", "programme.applyForLicense", [application], "NotEntitledOwner", [id]);
    });

    it("an application is granted only to who still owns the node", async () => {
      await applyFor(world, id, "admin");
      await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), id);
      const later = (await now()) + YEAR;
      await passAudits(world, id, later);
      await world.refuses("licensor", "programme.grant", [{ id, expiry: later, quota: QUOTA }], "LicenseeNotOwner", [
        id,
        world.address("admin"),
        world.address("maker"),
      ]);
    });
  });

  it("reports every action to the board", async () => {
    const status = async () => Number(((await world.read<bigint>("board.license", id)) >> 240n) & 0xffn);
    const { active, suspended, sunset, revoked } = words.licenseStatus;
    const steps: [act: () => Promise<unknown>, after: number][] = [
      [() => world.send("licensor", "programme.suspend", id, 1, EVIDENCE), suspended],
      [() => world.send("licensor", "programme.reinstate", id), active],
      [() => world.send("licensor", "programme.sunset", id, expiry), sunset],
      [() => world.send("licensor", "programme.revoke", id, 1, EVIDENCE), revoked],
      [() => applyFor(world, id, "maker"), suspended],
    ];
    for (const [act, after] of steps) {
      await act();
      expect(await status()).to.equal(after);
    }
  });

  it("does not act where the board cannot be told", async () => {
    const { data } = await world
      .contract("programme")
      .getFunction("suspend")
      .populateTransaction(id, 1, ethers.ZeroHash);
    const signer = world.signer("licensor");
    const starved = signer.sendTransaction({ to: world.deployment.programme, data, gasLimit: 150_000 });
    await starved.then((sent) => sent.wait()).catch(() => undefined);
    expect((await license()).life).to.equal(LIFE.active);
  });
});
