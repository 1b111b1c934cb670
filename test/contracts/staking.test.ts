// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { Signature } from "ethers";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import {
  allowed,
  applyFor,
  EVIDENCE,
  fund,
  grantLicense,
  passAudits,
  signedMou,
  unlicensedWorld,
  YEAR,
} from "./support/steps.ts";
import { MIN_STAKE, type Receipt, type World } from "./support/world.ts";

const ONE = 10n ** 18n;
const SUSPENDED = 3n;
const ACTIVE = 2n;
const SUNSET = 4n;

describe("license text 1: staking", () => {
  let world: World;
  let id: bigint;

  const stake = () => world.read<bigint>("programme.stakeOf", id, world.address("maker"));
  const held = () => world.read<bigint>("token.balanceOf", world.deployment.programme);
  const life = async () => (await world.read<{ life: bigint }>("programme.licenseOf", id)).life;
  const slash = (amount: bigint) => ({
    id,
    staker: world.address("maker"),
    amount,
    reason: 1,
    evidence: EVIDENCE,
  });

  before(async () => {
    ({ world, id } = await unlicensedWorld());
  });
  rollBackAfterEach();

  it("takes the minimum as collateral with the application", async () => {
    await applyFor(world, id, "maker");
    expect(await stake()).to.equal(MIN_STAKE);
    expect(await held()).to.equal(MIN_STAKE);
  });

  it("refuses an application with a token unit less", async () => {
    await fund(world, "maker");
    const application = { id, payment: allowed(MIN_STAKE - 1n), mou: await signedMou(world, id, "maker") };
    await world.refuses("maker", "programme.applyForLicense", [application], "StakeBelowMinimum", [
      id,
      MIN_STAKE - 1n,
      MIN_STAKE,
    ]);
  });

  it("takes no more than it can account for, 128 bits", async () => {
    const amount = 2n ** 128n + MIN_STAKE;
    await fund(world, "maker", amount);
    const application = { id, payment: allowed(amount), mou: await signedMou(world, id, "maker") };
    await world.refuses("maker", "programme.applyForLicense", [application], "SafeCastOverflowedUintDowncast");
  });

  it("reads the minimum that the admin set last", async () => {
    const receipt = await world.send("admin", "programme.setMinStakeAmount", 77_101n * ONE);
    expect(world.event(receipt, "programme.MinStakeChanged")).to.deep.equal({ amount: 77_101n * ONE });
    await applyFor(world, id, "maker", 77_101n * ONE);
    expect(await stake()).to.equal(77_101n * ONE);
  });

  describe("by permit", () => {
    const permit = async (amount: bigint) => {
      const deadline = (await now()) + DAY;
      const { chainId } = await ethers.provider.getNetwork();
      const signed = await world.signer("maker").signTypedData(
        { name: "Dimo", version: "1", chainId, verifyingContract: world.deployment.token },
        {
          Permit: [
            { name: "owner", type: "address" },
            { name: "spender", type: "address" },
            { name: "value", type: "uint256" },
            { name: "nonce", type: "uint256" },
            { name: "deadline", type: "uint256" },
          ],
        },
        {
          owner: world.address("maker"),
          spender: world.deployment.programme,
          value: amount,
          nonce: await world.read("token.nonces", world.address("maker")),
          deadline,
        },
      );
      const { v, r, s } = Signature.from(signed);
      return { amount, deadline, v, r, s };
    };

    beforeEach(() => world.send("maker", "token.mint", world.address("maker"), MIN_STAKE));

    it("needs no approval", async () => {
      const application = { id, payment: await permit(MIN_STAKE), mou: await signedMou(world, id, "maker") };
      await world.send("maker", "programme.applyForLicense", application);
      expect(await stake()).to.equal(MIN_STAKE);
    });

    it("C13 goes through where someone else brought the permit first", async () => {
      const payment = await permit(MIN_STAKE);
      const { v, r, s, deadline } = payment;
      const parties = [world.address("maker"), world.deployment.programme];
      await world.send("stranger", "token.permit", ...parties, MIN_STAKE, deadline, v, r, s);
      const application = { id, payment, mou: await signedMou(world, id, "maker") };
      await world.send("maker", "programme.applyForLicense", application);
      expect(await stake()).to.equal(MIN_STAKE);
    });

    it("falls back to an allowance where the token refuses the permit", async () => {
      const payment = { ...(await permit(MIN_STAKE)), r: ethers.id("not r") };
      await world.send("maker", "token.approve", world.deployment.programme, MIN_STAKE);
      const application = { id, payment, mou: await signedMou(world, id, "maker") };
      await world.send("maker", "programme.applyForLicense", application);
      expect(await stake()).to.equal(MIN_STAKE);
    });

    it("refuses a wrong permit where there is no allowance either", async () => {
      const payment = { ...(await permit(MIN_STAKE)), r: ethers.id("not r") };
      const application = { id, payment, mou: await signedMou(world, id, "maker") };
      await world.refuses("maker", "programme.applyForLicense", [application], "ERC20InsufficientAllowance");
    });
  });

  describe("when the minimum rises", () => {
    const raised = MIN_STAKE + 5n * ONE;
    let expiry: number;

    beforeEach(async () => {
      expiry = await grantLicense(world, id, "maker");
      await world.send("admin", "programme.setMinStakeAmount", raised);
    });

    it("leaves a holder in force until renewal", async () => {
      const [status] = await world.read<[bigint]>("programme.standing", id);
      expect(status).to.equal(1n);
    });

    it("asks for the new minimum at renewal", async () => {
      await world.send("maker", "programme.requestRenewal", id);
      await passAudits(world, id, expiry + YEAR);
      await world.refuses("licensor", "programme.renew", [id, expiry + YEAR], "StakeBelowMinimum", [
        id,
        MIN_STAKE,
        raised,
      ]);
      await fund(world, "maker", 5n * ONE);
      await world.send("maker", "programme.topUp", id, allowed(5n * ONE));
      await world.send("licensor", "programme.renew", id, expiry + YEAR);
      expect((await world.read<{ requiredStake: bigint }>("programme.licenseOf", id)).requiredStake).to.equal(raised);
    });
  });

  describe("slashing", () => {
    beforeEach(() => grantLicense(world, id, "maker"));

    it("names a duty of the MOU, an amount within the stake and evidence", async () => {
      await world.refuses("licensor", "programme.proposeSlash", [{ ...slash(ONE), reason: 0 }], "SlashReason", [0]);
      await world.refuses("licensor", "programme.proposeSlash", [{ ...slash(ONE), reason: 7 }], "SlashReason", [7]);
      await world.refuses("licensor", "programme.proposeSlash", [slash(0n)], "SlashAmount", [id, 0n, MIN_STAKE]);
      await world.refuses("licensor", "programme.proposeSlash", [slash(MIN_STAKE + 1n)], "SlashAmount");
      const unproved = { ...slash(ONE), evidence: ethers.ZeroHash };
      await world.refuses("licensor", "programme.proposeSlash", [unproved], "ZeroEvidence");
    });

    it("executes to the treasury after the notice, by anyone", async () => {
      const proposed = await world.send("licensor", "programme.proposeSlash", slash(ONE));
      expect(world.event(proposed, "programme.SlashProposed")).to.deep.equal({
        ...slash(ONE),
        reason: 1n,
        executableAt: BigInt((await now()) + 14 * DAY),
      });
      await world.refuses("stranger", "programme.executeSlash", [id], "SlashNoticeRunning");
      await pass(14 * DAY);
      const executed = await world.send("stranger", "programme.executeSlash", id);
      expect(world.event(executed, "programme.SlashExecuted")).to.deep.equal({
        id,
        staker: world.address("maker"),
        amount: ONE,
        treasury: world.address("treasury"),
      });
      expect(await world.read("token.balanceOf", world.address("treasury"))).to.equal(ONE);
      expect(await stake()).to.equal(MIN_STAKE - ONE);
      expect(await held()).to.equal(MIN_STAKE - ONE);
    });

    it("suspends a stake below its minimum; a top-up within the cure period ends that", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(14 * DAY);
      const receipt = await world.send("stranger", "programme.executeSlash", id);
      const { reason, cureUntil } = world.event(receipt, "programme.Suspended");
      expect(reason).to.equal(7n);
      expect(cureUntil).to.equal(BigInt((await now()) + 30 * DAY));
      expect(await life()).to.equal(SUSPENDED);

      await fund(world, "maker", ONE);
      await world.send("maker", "programme.topUp", id, allowed(ONE - 1n));
      expect(await life()).to.equal(SUSPENDED);
      await world.send("maker", "programme.topUp", id, allowed(1n));
      expect(await life()).to.equal(ACTIVE);
    });

    it("suspends in sunset as well, and then leads back to it", async () => {
      const { expiry } = await world.read<{ expiry: bigint }>("programme.licenseOf", id);
      await world.send("licensor", "programme.sunset", id, expiry);
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(14 * DAY);
      await world.send("stranger", "programme.executeSlash", id);
      expect(await life()).to.equal(SUSPENDED);
      await fund(world, "maker", ONE);
      const receipt = await world.send("maker", "programme.topUp", id, allowed(ONE));
      expect(world.event(receipt, "programme.Reinstated")).to.deep.equal({ id, life: SUNSET });
    });

    it("suspends nobody whose stake stays at its minimum, whose license has ended, or who holds none", async () => {
      const execute = async (request: object) => {
        await world.send("licensor", "programme.proposeSlash", request);
        await pass(14 * DAY);
        const receipt = await world.send("stranger", "programme.executeSlash", id);
        expect(world.events(receipt, "programme.Suspended")).to.deep.equal([]);
      };
      await fund(world, "maker", ONE);
      await world.send("maker", "programme.topUp", id, allowed(ONE));
      await execute(slash(ONE));
      expect(await life()).to.equal(ACTIVE);

      // The node goes to another owner; the former one's stake waits for its notice.
      await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
      await applyFor(world, id, "admin");
      await passAudits(world, id, (await now()) + YEAR);
      await world.send("licensor", "programme.grant", { id, expiry: (await now()) + 300 * DAY, quota: 2000 });
      await execute(slash(ONE));
      expect(await life()).to.equal(ACTIVE);

      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await execute({ ...slash(ONE), staker: world.address("admin") });
    });

    it("holds the stake of whom it is about, nobody else's", async () => {
      await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
      await applyFor(world, id, "admin");
      await pass(30 * DAY);
      await world.send("licensor", "programme.proposeSlash", { ...slash(ONE), staker: world.address("admin") });
      await world.send("maker", "programme.withdrawStake", id);
      expect(await stake()).to.equal(0n);
    });

    it("is open while it is upheld", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await world.send("admin", "programme.decideSlash", id, true);
      await world.refuses("licensor", "programme.proposeSlash", [slash(ONE)], "SlashOpen", [id]);
      await world.send("licensor", "programme.closeSlash", id);
    });

    it("leaves a top-up after the cure period to the licensor", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(14 * DAY);
      await world.send("stranger", "programme.executeSlash", id);
      await pass(31 * DAY);
      await world.refuses("licensor", "programme.reinstate", [id], "StakeBelowMinimum");
      await fund(world, "maker", ONE);
      await world.send("maker", "programme.topUp", id, allowed(ONE));
      expect(await life()).to.equal(SUSPENDED);
      await world.send("licensor", "programme.reinstate", id);
      expect(await life()).to.equal(ACTIVE);
    });

    it("does not let a top-up end a suspension for another reason", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(14 * DAY);
      await world.send("stranger", "programme.executeSlash", id);
      await world.send("licensor", "programme.suspend", id, 3, EVIDENCE);
      await fund(world, "maker", ONE);
      await world.send("maker", "programme.topUp", id, allowed(ONE));
      expect(await life()).to.equal(SUSPENDED);
    });

    it("can be contested by the staker while the notice runs, and then waits for an admin", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await world.refuses("rival", "programme.contestSlash", [id, EVIDENCE], "NotStaker");
      const contested = await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      expect(world.event(contested, "programme.SlashContested")).to.deep.equal({
        id,
        staker: world.address("maker"),
        statement: EVIDENCE,
      });
      await pass(14 * DAY);
      await world.refuses("stranger", "programme.executeSlash", [id], "SlashNotIn", [id, 2]);
      const upheld = await world.send("admin", "programme.decideSlash", id, true);
      expect(world.event(upheld, "programme.SlashUpheld")).to.deep.equal({ id, admin: world.address("admin") });
      await world.send("stranger", "programme.executeSlash", id);
      expect(await stake()).to.equal(MIN_STAKE - ONE);
    });

    it("cannot be contested once the notice has passed", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(14 * DAY);
      await world.refuses("maker", "programme.contestSlash", [id, EVIDENCE], "SlashNoticeOver");
    });

    it("takes nothing where the admin dismisses it", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await world.send("admin", "programme.decideSlash", id, false);
      await pass(14 * DAY);
      await world.refuses("stranger", "programme.executeSlash", [id], "SlashNotIn", [id, 5]);
      expect(await stake()).to.equal(MIN_STAKE);
    });

    it("tells its state, and is closed only while it is open", async () => {
      await world.refuses("licensor", "programme.closeSlash", [id], "SlashNotIn", [id, 0]);
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      const open = await world.read<{ state: bigint; amount: bigint; proposer: string }>("programme.slashOf", id);
      expect([open.state, open.amount, open.proposer]).to.deep.equal([1n, ONE, world.address("licensor")]);
      const closed = await world.send("licensor", "programme.closeSlash", id);
      expect(world.event(closed, "programme.SlashClosed")).to.deep.equal({ id, by: world.address("licensor") });
      await world.refuses("licensor", "programme.closeSlash", [id], "SlashNotIn", [id, 5]);
    });

    it("lapses where no one decides a contest for another notice period", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await world.refuses("stranger", "programme.closeSlash", [id], "SlashNoticeRunning");
      await pass(28 * DAY);
      await world.send("stranger", "programme.closeSlash", id);
      await world.refuses("admin", "programme.decideSlash", [id, true], "SlashNotIn", [id, 5]);
    });

    it("lapses for the admin, too, before anyone has closed it", async () => {
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      const { executableAt } = await world.read<{ executableAt: bigint }>("programme.slashOf", id);
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await pass(28 * DAY);
      for (const uphold of [true, false])
        await world.refuses("admin", "programme.decideSlash", [id, uphold], "SlashNoticeOver", [
          id,
          executableAt + BigInt(14 * DAY),
        ]);
    });

    it("is one at a time, decided by someone other than its proposer", async () => {
      await world.send("admin", "roles.grantRole", await world.read("roles.LICENSOR"), world.address("admin"));
      await world.send("admin", "programme.proposeSlash", slash(ONE));
      await world.refuses("licensor", "programme.proposeSlash", [slash(ONE)], "SlashOpen", [id]);
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await world.refuses("admin", "programme.decideSlash", [id, true], "ProposerMayNotDecide", [
        world.address("admin"),
      ]);
    });
  });

  describe("coming back", () => {
    const released = async (receipt: Receipt) =>
      expect(world.event(receipt, "programme.StakeReleased")).to.deep.equal({
        id,
        staker: world.address("maker"),
        freeAt: BigInt((await now()) + 30 * DAY),
      });
    const withdraw = async () => {
      await world.refuses("maker", "programme.withdrawStake", [id], "StakeNotFree");
      await pass(30 * DAY);
      await world.send("maker", "programme.withdrawStake", id);
      expect(await world.read("token.balanceOf", world.address("maker"))).to.equal(MIN_STAKE);
      expect(await held()).to.equal(0n);
    };

    it("follows renouncing, after notice", async () => {
      await grantLicense(world, id, "maker");
      await world.refuses("maker", "programme.withdrawStake", [id], "StakeNotFree", [id, world.address("maker"), 0]);
      await released(await world.send("maker", "programme.renounce", id));
      await withdraw();
    });

    it("follows revoking, after notice", async () => {
      await grantLicense(world, id, "maker");
      await released(await world.send("licensor", "programme.revoke", id, 1, EVIDENCE));
      await withdraw();
    });

    it("follows refusal, after notice", async () => {
      await applyFor(world, id, "maker");
      await released(await world.send("licensor", "programme.refuse", id, EVIDENCE));
      await withdraw();
    });

    it("ends top-ups, before the stake is withdrawn and after", async () => {
      for (const end of ["renounce", "revoke"] as const) {
        await grantLicense(world, id, "maker");
        if (end === "renounce") await world.send("maker", "programme.renounce", id);
        else await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
        await fund(world, "maker", 5n);
        await world.refuses("maker", "programme.topUp", [id, allowed(5n)], "NotAllowedIn");
        await pass(30 * DAY);
        await world.send("maker", "programme.withdrawStake", id);
        await world.refuses("maker", "programme.topUp", [id, allowed(5n)], "NotAllowedIn");
      }
    });

    it("ends top-ups, whatever is done to what was renounced: none is taken that nothing could release", async () => {
      await grantLicense(world, id, "maker");
      await world.send("maker", "programme.renounce", id);
      await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
      await fund(world, "maker", 5n);
      const refused = () =>
        world.refuses("maker", "programme.topUp", [id, allowed(5n)], "NotAllowedIn", [id, SUSPENDED]);
      await refused();
      await pass(30 * DAY);
      await world.send("maker", "programme.withdrawStake", id);
      await refused();
      expect(await held()).to.equal(0n);
    });

    it("ends top-ups with the end of a sunset, after which nothing is renewed", async () => {
      await grantLicense(world, id, "maker");
      await world.send("licensor", "programme.sunset", id, (await now()) + 10 * DAY);
      await fund(world, "maker", 5n);
      await world.dryRun("maker", "programme.topUp", id, allowed(5n));
      await pass(10 * DAY);
      await world.refuses("maker", "programme.topUp", [id, allowed(5n)], "NotAllowedIn", [id, SUNSET]);
    });

    it("waits for an open slash", async () => {
      await grantLicense(world, id, "maker");
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await pass(20 * DAY);
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await pass(10 * DAY);
      await world.refuses("maker", "programme.withdrawStake", [id], "SlashPending");
      await world.send("licensor", "programme.closeSlash", id);
      await world.send("maker", "programme.withdrawStake", id);
    });

    it("is held by no proposal after its notice, one upon the other", async () => {
      await grantLicense(world, id, "maker");
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      const freeAt = await world.read<bigint>("programme.stakeFreeAt", id, world.address("maker"));
      await pass(30 * DAY - 100);
      await world.send("licensor", "programme.proposeSlash", slash(ONE));
      await world.send("maker", "programme.contestSlash", id, EVIDENCE);
      await pass(28 * DAY);
      await world.send("maker", "programme.closeSlash", id);
      const late = [id, world.address("maker"), freeAt];
      await world.refuses("licensor", "programme.proposeSlash", [slash(ONE)], "SlashAfterNotice", late);
      await world.send("maker", "programme.withdrawStake", id);
    });

    it("happens once", async () => {
      await applyFor(world, id, "maker");
      await world.send("maker", "programme.renounce", id);
      await withdraw();
      await world.refuses("maker", "programme.withdrawStake", [id], "StakeNotFree");
    });

    it("locks again with a new application, which may use what is left", async () => {
      await applyFor(world, id, "maker");
      await world.send("maker", "programme.renounce", id);
      const application = { id, payment: allowed(0n), mou: await signedMou(world, id, "maker") };
      const receipt = await world.send("maker", "programme.applyForLicense", application);
      expect(world.event(receipt, "programme.StakeLocked")).to.deep.equal({ id, staker: world.address("maker") });
      await pass(30 * DAY);
      await world.refuses("maker", "programme.withdrawStake", [id], "StakeNotFree", [id, world.address("maker"), 0]);
    });
  });
});
