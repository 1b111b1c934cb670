// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract } from "ethers";
import { words } from "../../host/src/protocol/generated.ts";
import { DAY, ethers, now, rollBackAfterEach } from "./support/chain.ts";
import { revertOf } from "./support/reverts.ts";
import { unlicensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

describe("OtaBoard over DIMO's license", () => {
  let world: World;
  let id: bigint;
  let board: Contract;

  const word = async () => BigInt(await board.getFunction("license")(id));
  const status = async () => Number(((await word()) >> 240n) & 0xffn);
  const refresh = async () => (await board.getFunction("refresh")(id)).wait();

  before(async () => {
    ({ world, id } = await unlicensedWorld());
    // DIMO's Stake is an ERC-721: balanceOf is all that is asked, which any token of that interface answers.
    const { nodes, vehicles } = world.deployment;
    const source = await ethers.deployContract("DimoLicenseSource", [nodes, vehicles]);
    board = await ethers.deployContract("OtaBoard", [nodes, await source.getAddress(), 7 * DAY], world.signer("maker"));
  });
  rollBackAfterEach();

  it("is active while the owner holds a license, for a lease", async () => {
    await world.send("stranger", "vehicles.mint", world.address("maker"), 1n);
    await refresh();
    expect(await status()).to.equal(words.licenseStatus.active);
    const expiry = Number(((await word()) >> 160n) & 0xffffffffffffn);
    expect(expiry).to.equal((await now()) + words.leaseSeconds);
  });

  it("is suspended, never revoked, without one", async () => {
    await refresh();
    expect(await status()).to.equal(words.licenseStatus.suspended);
  });

  it("lets the owner announce while licensed, and not after", async () => {
    await world.send("stranger", "vehicles.mint", world.address("maker"), 1n);
    await (await board.getFunction("proposeOtaSigner")(id, world.address("otaSigner"))).wait();
    await (await board.getFunction("announce")(id, ethers.id("1"), 1)).wait();
    await world.send("maker", "vehicles.transferFrom", world.address("maker"), world.address("stranger"), 1n);
    const error = await revertOf(board.getFunction("announce").staticCall(id, ethers.id("2"), 1), [board.interface]);
    expect([error.name, error.args[1]]).to.deep.equal(["LicenseNotInForce", 2n]);
  });

  it("changes nothing for a node that does not exist", async () => {
    const error = await revertOf(board.getFunction("refresh").staticCall(99n), [board.interface]);
    expect(error.name).to.equal("SourceFailed");
  });
});
