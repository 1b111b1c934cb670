// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, pass, rollBackAfterEach } from "./support/chain.ts";
import { claimed, device, mint, tokenOf } from "./support/devices.ts";
import { handNode, licensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

describe("license text 4: manufacturer node", () => {
  let world: World;
  let id: bigint;

  before(async () => {
    ({ world, id } = await licensedWorld());
  });
  rollBackAfterEach();

  const parent = (part: "nodes" | "registry", tokenId: bigint) =>
    world.read<bigint>("registry.getParentNode", world.deployment[part], tokenId);

  it("is a root, and every device's ancestry ends at one", async () => {
    await mint(world, "maker", id, 1, 4);
    await claimed(world, id, 4, "owner");
    for (const n of [1, 2, 3, 4]) {
      expect(await parent("registry", tokenOf(device(n)))).to.equal(id);
      expect(await parent("nodes", id)).to.equal(0n);
    }
  });

  it("is minted by an admin, to an admin", async () => {
    const args = [world.address("admin"), "Zenith", []];
    await world.refuses("stranger", "nodes.mintManufacturer", args, "NotAdmin", [world.address("stranger")]);
    const controller = [world.address("maker"), "Zenith", []];
    await world.refuses("admin", "nodes.mintManufacturer", controller, "OwnerNotAdmin", [world.address("maker")]);
    await world.refuses("admin", "nodes.mintManufacturerBatch", [world.address("maker"), ["Zenith"]], "OwnerNotAdmin");
  });

  it("is then handed to its controller, and to nobody else", async () => {
    await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Zenith", []);
    const node = await world.read<bigint>("nodes.getManufacturerIdByName", "Zenith");
    const to = (account: "stranger" | "rival") => [world.address("admin"), world.address(account), node];
    await world.refuses("admin", "nodes.transferFrom", to("stranger"), "NotAllowedToOwn", [world.address("stranger")]);
    await world.send("admin", "nodes.setController", world.address("rival"));
    await world.send("admin", "nodes.transferFrom", ...to("rival"));
    expect(await world.read("nodes.ownerOf", node)).to.equal(world.address("rival"));
  });

  it("announces itself as DIMO's does", async () => {
    const receipt = await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Zenith", [
      { attribute: "URL", info: "https://zenith.example" },
    ]);
    const { name, tokenId, owner } = world.event(receipt, "nodes.ManufacturerNodeMinted");
    expect([name, owner]).to.deep.equal(["Zenith", world.address("admin")]);
    expect(world.event(receipt, "nodes.ManufacturerAttributeSet")).to.deep.equal({
      tokenId,
      attribute: "URL",
      info: "https://zenith.example",
    });
    expect(await world.read("registry.getInfo", world.deployment.nodes, tokenId, "URL")).to.equal(
      "https://zenith.example",
    );
  });

  it("mints many names to an admin at once", async () => {
    await world.send("admin", "nodes.mintManufacturerBatch", world.address("admin"), ["Zenith", "Nadir"]);
    expect(await world.read("nodes.getManufacturerNameById", id + 2n)).to.equal("Nadir");
    expect(await world.read("nodes.balanceOf", world.address("admin"))).to.equal(2n);
  });

  it("passes the admin role in two steps and after a delay", async () => {
    await world.send("admin", "roles.beginDefaultAdminTransfer", world.address("stranger"));
    await world.refuses("stranger", "roles.acceptDefaultAdminTransfer", [], "AccessControlEnforcedDefaultAdminDelay");
    await pass(3 * DAY);
    await world.send("stranger", "roles.acceptDefaultAdminTransfer");
    await world.refuses("admin", "nodes.setController", [world.address("owner")], "NotAdmin");
    await world.send("stranger", "nodes.setController", world.address("owner"));
  });

  it("idles with a former admin until it is reclaimed", async () => {
    await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Zenith", []);
    const node = await world.read<bigint>("nodes.getManufacturerIdByName", "Zenith");
    expect(await world.read<[string, boolean]>("nodes.holder", node).then(([, entitled]) => entitled)).to.equal(true);
    await world.send("admin", "roles.beginDefaultAdminTransfer", world.address("stranger"));
    await pass(3 * DAY);
    await world.send("stranger", "roles.acceptDefaultAdminTransfer");
    expect(await world.read<[string, boolean]>("nodes.holder", node).then(([, entitled]) => entitled)).to.equal(false);
    await world.send("stranger", "nodes.reclaim", node);
    expect(await world.read("nodes.ownerOf", node)).to.equal(world.address("stranger"));
  });

  it("cannot be reclaimed from who holds it by right, nor where there is none", async () => {
    await world.refuses("admin", "nodes.reclaim", [id], "NotReclaimable", [id, world.address("maker")]);
    await world.refuses("admin", "nodes.reclaim", [99n], "InvalidNode", [99n]);
  });

  it("exists or does not, and gives nobody a privilege where it does not", async () => {
    expect(await world.read("nodes.exists", id)).to.equal(true);
    expect(await world.read("nodes.exists", 99n)).to.equal(false);
    expect(await world.read("nodes.hasPrivilege", 99n, 1, ethers.ZeroAddress)).to.equal(false);
  });

  it("is governed by an admin who names a treasury, never the zero address", async () => {
    await world.refuses("admin", "roles.setTreasury", [ethers.ZeroAddress], "ZeroTreasury");
    const receipt = await world.send("admin", "roles.setTreasury", world.address("stranger"));
    expect(world.event(receipt, "roles.TreasuryChanged")).to.deep.equal({ treasury: world.address("stranger") });
    expect(await world.read("roles.treasury")).to.equal(world.address("stranger"));
  });

  it("tells its privileges' version as the number of its transfers", async () => {
    const node = await handNode(world, "Zenith", "rival");
    expect(await world.read("nodes.tokenIdToVersion", node)).to.equal(1n);
  });
});
