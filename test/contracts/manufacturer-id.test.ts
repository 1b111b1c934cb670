// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { device, mint, record, records, tokenOf } from "./support/devices.ts";
import { certify, grantLicense, handNode, licensedWorld, MODEL } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const MINT = "registry.mintAftermarketDeviceByManufacturerBatch";

describe("license text 5: ManufacturerID", () => {
  let world: World;
  let id: bigint;
  let rivalId: bigint;

  before(async () => {
    ({ world, id } = await licensedWorld());
    rivalId = await handNode(world, "Rival Works", "rival");
    await certify(world, rivalId, "rival", await grantLicense(world, rivalId, "rival"));
  });
  rollBackAfterEach();

  it("lets its holder create devices, update them and release firmware", async () => {
    await mint(world, "maker", id, 1, 2);
    const info = [{ attribute: "HardwareRevision", info: "B" }];
    await world.send("maker", "registry.setAftermarketDeviceInfo", tokenOf(device(1)), info);
    await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
    await world.send("maker", "board.announce", id, ethers.id("release"), 1);
  });

  it("C7 lets nobody else, not even another manufacturer", async () => {
    await mint(world, "maker", id, 1, 2);
    await world.send("maker", "board.proposeOtaSigner", id, world.address("otaSigner"));
    for (const other of ["rival", "stranger", "admin", "licensor"] as const) {
      await world.refuses(other, MINT, [id, [record(2)]], "Unauthorized", [world.address(other)]);
      const batch = { id, batchId: 1, model: MODEL, count: 1, root: ethers.id("root") };
      await world.refuses(other, "registry.commitBatch", [batch], "Unauthorized", [world.address(other)]);
      await world.refuses(other, "registry.setAftermarketDeviceInfo", [tokenOf(device(1)), []], "Unauthorized");
      await world.refuses(other, "board.announce", [id, ethers.id("release"), 1], "NotAnnouncer");
    }
  });

  it("keeps fixed attributes as they were minted", async () => {
    await mint(world, "maker", id, 1, 2);
    for (const attribute of ["Serial", "IMEI", "DevEUI"])
      await world.refuses(
        "maker",
        "registry.setAftermarketDeviceInfo",
        [tokenOf(device(1)), [{ attribute, info: "1" }]],
        "AttributeFixed",
        [attribute],
      );
    expect(await world.read("registry.getInfo", world.deployment.registry, tokenOf(device(1)), "Serial")).to.equal(
      "TM1-2026-00000001",
    );
  });

  it("knows the listed attributes alone, each once and with a value", async () => {
    const withPairs = (...attrInfoPairs: object[]) => [id, [{ addr: device(1).address, attrInfoPairs }]];
    const serial = { attribute: "Serial", info: "1" };
    await world.refuses("maker", MINT, withPairs({ attribute: "Color", info: "red" }), "AttributeNotWhitelisted", [
      "Color",
    ]);
    await world.refuses("maker", MINT, withPairs(serial, serial), "AttributeTwice", ["Serial"]);
    await world.refuses("maker", MINT, withPairs({ attribute: "Serial", info: "" }), "AttributeEmpty", ["Serial"]);
    const mutable = await world.send("admin", "registry.addAftermarketDeviceAttribute", "Color");
    expect(world.event(mutable, "registry.AftermarketDeviceAttributeAdded")).to.deep.equal({ attribute: "Color" });
    const fixed = await world.send("admin", "registry.addFixedAttribute", "ICCID");
    expect(world.event(fixed, "registry.FixedAttributeAdded")).to.deep.equal({ attribute: "ICCID" });
    await world.refuses("admin", "registry.addFixedAttribute", ["Color"], "AttributeExists", ["Color"]);
    await world.send("maker", MINT, ...withPairs({ attribute: "Color", info: "red" }));
  });

  it("delegates by privilege until a time", async () => {
    const until = (await now()) + DAY;
    await world.refuses("line", MINT, [id, [record(1)]], "Unauthorized", [world.address("line")]);
    const receipt = await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), until);
    expect(world.event(receipt, "nodes.PrivilegeSet").version).to.equal(1n);
    await world.send("line", MINT, id, [record(1)]);
    expect(await world.read("registry.ownerOf", tokenOf(device(1)))).to.equal(world.address("maker"));
    await pass(DAY + 1);
    await world.refuses("line", MINT, [id, [record(2)]], "Unauthorized");
  });

  it("takes a privilege back at once", async () => {
    await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), (await now()) + DAY);
    await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), 0);
    await world.refuses("line", MINT, [id, [record(1)]], "Unauthorized");
  });

  it("grants privileges of DIMO's list alone, by the owner or who it approved", async () => {
    const until = (await now()) + DAY;
    for (const privilege of [0, 6])
      await world.refuses(
        "maker",
        "nodes.setPrivilege",
        [id, privilege, world.address("line"), until],
        "InvalidPrivilege",
        [privilege],
      );
    const args = [id, 1, world.address("line"), until];
    await world.refuses("rival", "nodes.setPrivilege", args, "ERC721InsufficientApproval");
    await world.send("maker", "nodes.approve", world.address("rival"), id);
    await world.send("rival", "nodes.setPrivilege", ...args);
  });

  it("C7 gives a line of one manufacturer nothing at another", async () => {
    await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), (await now()) + DAY);
    await world.refuses("line", MINT, [rivalId, records(1, 2)], "Unauthorized", [world.address("line")]);
  });

  it("voids every privilege with a transfer, also after the way back", async () => {
    const until = (await now()) + DAY;
    await world.send("maker", "nodes.setPrivilege", id, 1, world.address("line"), until);
    await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
    expect(await world.read("nodes.hasPrivilege", id, 1, world.address("line"))).to.equal(false);
    await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), id);
    expect(await world.read("nodes.hasPrivilege", id, 1, world.address("line"))).to.equal(false);
    expect(await world.read("nodes.privilegeExpiresAt", id, 1, world.address("line"))).to.equal(0n);
  });

  it("C8 brings nothing to a new owner of the node: its license was the former's", async () => {
    await world.send("maker", "nodes.transferFrom", world.address("maker"), world.address("admin"), id);
    await world.refuses("admin", MINT, [id, [record(1)]], "LicenseNotInForce", [id, 2]);
    await world.send("admin", "nodes.transferFrom", world.address("admin"), world.address("maker"), id);
    await world.send("maker", MINT, id, [record(1)]);
  });

  it("exists only where a node was minted", async () => {
    await world.refuses("maker", MINT, [99n, [record(1)]], "InvalidParentNode", [99n]);
    await world.refuses("stranger", "programme.standing", [99n], "UnknownManufacturer", [99n]);
  });
});
