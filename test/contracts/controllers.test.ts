// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, pass, rollBackAfterEach } from "./support/chain.ts";
import { record } from "./support/devices.ts";
import { handNode, licensedWorld } from "./support/steps.ts";
import type { Account, World } from "./support/world.ts";

describe("license text 6: controllers", () => {
  let world: World;
  let id: bigint;

  const owns = (account: Account) => world.read<bigint>("nodes.balanceOf", world.address(account));
  const mayOwn = (account: Account) =>
    world.read<boolean>("nodes.isAllowedToOwnManufacturerNode", world.address(account));
  const standing = async () => (await world.read<[bigint]>("programme.standing", id))[0];
  const mintNode = async (name: string) => {
    await world.send("admin", "nodes.mintManufacturer", world.address("admin"), name, []);
    return await world.read<bigint>("nodes.getManufacturerIdByName", name);
  };

  before(async () => {
    ({ world, id } = await licensedWorld());
  });
  rollBackAfterEach();

  it("are set by an admin alone, once, never the zero address", async () => {
    await world.refuses("stranger", "nodes.setController", [world.address("rival")], "NotAdmin");
    await world.refuses("admin", "nodes.setController", [ethers.ZeroAddress], "ZeroController");
    await world.refuses("admin", "nodes.setController", [world.address("maker")], "AlreadyController");
    const receipt = await world.send("admin", "nodes.setController", world.address("rival"));
    expect(world.event(receipt, "nodes.ControllerSet").controller).to.equal(world.address("rival"));
  });

  it("own one node, tracked by controller", async () => {
    expect(await world.read("nodes.isManufacturerMinted", world.address("maker"))).to.equal(true);
    expect(await mayOwn("maker")).to.equal(false);
    const second = await mintNode("Second");
    await world.refuses(
      "admin",
      "nodes.transferFrom",
      [world.address("admin"), world.address("maker"), second],
      "NotAllowedToOwn",
      [world.address("maker")],
    );
  });

  it("may own another once they have handed theirs on", async () => {
    await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
    expect(await world.read("nodes.isManufacturerMinted", world.address("maker"))).to.equal(false);
    const second = await mintNode("Second");
    await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), second);
    expect(await owns("maker")).to.equal(1n);
  });

  it("C8 cannot hand a node to one who may not own it", async () => {
    for (const to of ["stranger", "rival"] as const) {
      const args = [world.address("maker"), world.address(to), id];
      await world.refuses("maker", "nodes.transferFrom", args, "NotAllowedToOwn", [world.address(to)]);
    }
    await handNode(world, "Rival Works", "rival");
    const args = [world.address("maker"), world.address("rival"), id];
    await world.refuses("maker", "nodes.transferFrom", args, "NotAllowedToOwn", [world.address("rival")]);
  });

  it("leave an admin free to own many", async () => {
    await mintNode("Second");
    await mintNode("Third");
    expect(await owns("admin")).to.equal(2n);
    expect(await mayOwn("admin")).to.equal(true);
  });

  describe("removed while owning a node", () => {
    beforeEach(() => world.send("admin", "nodes.removeController", world.address("maker")));

    it("keep it, but its license is in force no more", async () => {
      expect(await world.read("nodes.ownerOf", id)).to.equal(world.address("maker"));
      expect(await standing()).to.equal(2n);
      await world.refuses(
        "maker",
        "registry.mintAftermarketDeviceByManufacturerBatch",
        [id, [record(1)]],
        "LicenseNotInForce",
      );
    });

    it("take devices with them into suspension once anyone refreshes the board", async () => {
      await world.send("stranger", "board.refresh", id);
      const word = await world.read<bigint>("board.license", id);
      expect((word >> 240n) & 0xffn).to.equal(2n);
    });

    it("have it in force again when they are set again", async () => {
      await world.send("admin", "nodes.setController", world.address("maker"));
      expect(await standing()).to.equal(1n);
    });

    it("can hand it on, or have it reclaimed by the admin", async () => {
      await world.send("admin", "nodes.setController", world.address("rival"));
      const handOn = [world.address("maker"), world.address("rival"), id];
      expect(await world.outcome("maker", "nodes.transferFrom", ...handOn)).to.equal("");
      const receipt = await world.send("admin", "nodes.reclaim", id);
      expect(world.event(receipt, "nodes.ManufacturerNodeReclaimed").from).to.equal(world.address("maker"));
      expect(await owns("admin")).to.equal(1n);
    });

    it("cannot be removed twice", async () => {
      await world.refuses("admin", "nodes.removeController", [world.address("maker")], "NotController");
    });
  });

  describe("that become admin", () => {
    beforeEach(async () => {
      await world.send("admin", "roles.beginDefaultAdminTransfer", world.address("maker"));
      await pass(3 * DAY);
      await world.send("maker", "roles.acceptDefaultAdminTransfer");
    });

    it("stay in force, and stop being controllers with a second node", async () => {
      expect(await standing()).to.equal(1n);
      const receipt = await world.send("maker", "nodes.mintManufacturer", world.address("maker"), "Second", []);
      expect(world.event(receipt, "nodes.ControllerRemoved").controller).to.equal(world.address("maker"));
      expect(await world.read("nodes.isController", world.address("maker"))).to.equal(false);
      expect(await standing()).to.equal(1n);
    });

    it("never leave a controller with two nodes behind", async () => {
      await world.send("maker", "nodes.mintManufacturer", world.address("maker"), "Second", []);
      await world.send("maker", "roles.beginDefaultAdminTransfer", world.address("stranger"));
      await pass(3 * DAY);
      await world.send("stranger", "roles.acceptDefaultAdminTransfer");
      expect(await world.read("nodes.isController", world.address("maker"))).to.equal(false);
      expect(await standing()).to.equal(2n);
      await world.refuses("stranger", "nodes.setController", [world.address("maker")], "ControllerOwnsNodes");
    });
  });
});
