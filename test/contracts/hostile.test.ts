// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract } from "ethers";
import { DAY, ethers, pass, rollBackAfterEach } from "./support/chain.ts";
import { allowed, EVIDENCE, fund, grantLicense, signedMou, unlicensedWorld } from "./support/steps.ts";
import { MIN_STAKE, type World } from "./support/world.ts";

describe("a hostile stake token", () => {
  let world: World;
  let id: bigint;
  let token: Contract;

  const stake = () => world.read<bigint>("programme.stakeOf", id, world.address("maker"));
  const held = () => world.read<bigint>("token.balanceOf", world.deployment.programme);
  const set = async (name: string, ...args: unknown[]) => (await token.getFunction(name)(...args)).wait();
  const apply = async (amount: bigint) => {
    await fund(world, "maker", amount);
    return { id, payment: allowed(amount), mou: await signedMou(world, id, "maker") };
  };

  before(async () => {
    const [deployer] = await ethers.getSigners();
    token = await ethers.deployContract("HostileToken", [], deployer);
    ({ world, id } = await unlicensedWorld({ token: await token.getAddress() }));
  });
  rollBackAfterEach();

  it("that takes a fee is credited by what arrived", async () => {
    await set("setFee", 10);
    await world.refuses("maker", "programme.applyForLicense", [await apply(MIN_STAKE)], "StakeBelowMinimum", [
      id,
      (MIN_STAKE * 9n) / 10n,
      MIN_STAKE,
    ]);
    await world.send("maker", "programme.applyForLicense", await apply(MIN_STAKE * 2n));
    expect(await stake()).to.equal((MIN_STAKE * 18n) / 10n);
    expect(await held()).to.equal(await stake());
  });

  it("that refuses to pay out leaves the stake where it is", async () => {
    await world.send("maker", "programme.applyForLicense", await apply(MIN_STAKE));
    await world.send("maker", "programme.renounce", id);
    await pass(30 * DAY);
    await set("setRefuses", true);
    await world.refuses("maker", "programme.withdrawStake", [id], "SafeERC20FailedOperation");
    expect(await stake()).to.equal(MIN_STAKE);
  });

  it("C9 that calls back while a stake comes in cannot move another out", async () => {
    await grantLicense(world, id, "maker");
    const slash = { id, staker: world.address("maker"), amount: 5n, reason: 1, evidence: EVIDENCE };
    await world.send("licensor", "programme.proposeSlash", slash);
    await pass(14 * DAY);
    await fund(world, "maker", 10n);
    const execute = world.contract("programme").interface.encodeFunctionData("executeSlash", [id]);
    await set("arm", world.deployment.programme, execute);
    await world.send("maker", "programme.topUp", id, allowed(10n));
    expect(await token.getFunction("reentered")()).to.equal(false);
    expect(await stake()).to.equal(MIN_STAKE + 10n);
    expect(await held()).to.equal(MIN_STAKE + 10n);
  });

  it("C9 that calls back while a slash goes out executes it once", async () => {
    await grantLicense(world, id, "maker");
    const slash = { id, staker: world.address("maker"), amount: 5n, reason: 1, evidence: EVIDENCE };
    await world.send("licensor", "programme.proposeSlash", slash);
    await pass(14 * DAY);
    const execute = world.contract("programme").interface.encodeFunctionData("executeSlash", [id]);
    await set("arm", world.deployment.programme, execute);
    await world.send("stranger", "programme.executeSlash", id);
    expect(await stake()).to.equal(MIN_STAKE - 5n);
    expect(await held()).to.equal(MIN_STAKE - 5n);
  });
});

describe("a contract wallet", () => {
  it("signs the MOU through ERC-1271, holds the node and the license", async () => {
    const { world } = await unlicensedWorld();
    const key = world.signer("maker");
    const wallet = await ethers.deployContract("DevWallet", [key.address], key);
    const address = await wallet.getAddress();
    await world.send("admin", "nodes.setController", address);
    await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Safe Makers", []);
    const id = await world.read<bigint>("nodes.getManufacturerIdByName", "Safe Makers");
    await world.send("admin", "nodes.transferFrom", world.address("admin"), address, id);

    const through = async (part: "token" | "programme", name: string, args: unknown[]) => {
      const data = world.contract(part).interface.encodeFunctionData(name, args);
      await (await wallet.getFunction("execute")(world.deployment[part], data)).wait();
    };
    await world.send("stranger", "token.mint", address, MIN_STAKE);
    await through("token", "approve", [world.deployment.programme, MIN_STAKE]);
    const mou = await signedMou(world, id, "maker", { applicant: address, nonce: 0 });
    await through("programme", "applyForLicense", [{ id, payment: allowed(MIN_STAKE), mou }]);
    expect((await world.read<{ licensee: string }>("programme.licenseOf", id)).licensee).to.equal(address);

    const again = await signedMou(world, id, "maker", { applicant: address, nonce: 1 });
    await world.send("stranger", "programme.signMou", id, again);
    const forged = await signedMou(world, id, "rival", { applicant: address, nonce: 2 });
    await world.refuses("stranger", "programme.signMou", [id, forged], "MouSignatureInvalid", [address]);
  });
});
