// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { DAY, ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import {
  claimed,
  device,
  dimoClaim,
  dimoPair,
  mint,
  ownClaim,
  ownPairing,
  record,
  records,
  tokenOf,
} from "./support/devices.ts";
import { EVIDENCE, licensedWorld } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const MINT = "registry.mintAftermarketDeviceByManufacturerBatch";
const CLAIM = "registry.claimAftermarketDevice";
const PAIR = "registry.pairAftermarketDeviceWithAdSig";
const RESET = "registry.resetAftermarketDeviceAddressByManufacturerBatch";
const REPROVISION = "registry.reprovisionAftermarketDeviceByManufacturerBatch";
const VEHICLE = 77n;

describe("DeviceRegistry", () => {
  let world: World;
  let id: bigint;

  const idOf = (address: string) => world.read<bigint>("registry.getAftermarketDeviceIdByAddress", address);
  const addressOf = (tokenId: bigint) => world.read<string>("registry.getAftermarketDeviceAddressById", tokenId);
  const token = (n: number) => tokenOf(device(n));

  before(async () => {
    ({ world, id } = await licensedWorld());
  });
  rollBackAfterEach();

  it("answers to DIMO's selectors", () => {
    const selectors: Record<string, string> = {
      mintAftermarketDeviceByManufacturerBatch: "0x7ba79a39",
      getAftermarketDeviceIdByAddress: "0x9796cf22",
    };
    const { interface: abi } = world.contract("registry");
    for (const [name, selector] of Object.entries(selectors))
      expect(abi.getFunction(name)?.selector, name).to.equal(selector);
  });

  describe("batch mint", () => {
    it("makes each birth address a token of the node's owner, below its manufacturer", async () => {
      const receipt = await world.send("maker", MINT, id, records(1, 3));
      expect(world.events(receipt, "registry.AftermarketDeviceNodeMinted")[1]).to.deep.equal({
        manufacturerId: id,
        tokenId: token(2),
        aftermarketDeviceAddress: device(2).address,
        owner: world.address("maker"),
      });
      expect(await idOf(device(2).address)).to.equal(token(2));
      expect(await addressOf(token(2))).to.equal(device(2).address);
      expect(await world.read("registry.balanceOf", world.address("maker"))).to.equal(2n);
      const info = (name: string) => world.read("registry.getInfo", world.deployment.registry, token(2), name);
      expect([await info("Serial"), await info("IMEI")]).to.deep.equal(["TM1-2026-00000002", "356938000000002"]);
    });

    it("is all or nothing: one duplicate refuses the batch", async () => {
      await mint(world, "maker", id, 2, 3);
      await world.refuses("maker", MINT, [id, records(1, 4)], "DeviceAlreadyRegistered", [device(2).address]);
      expect(await idOf(device(1).address)).to.equal(0n);
    });

    it("refuses the same address twice in a batch, and the zero address", async () => {
      await world.refuses("maker", MINT, [id, [record(1), record(1)]], "DeviceAlreadyRegistered");
      await world.refuses("maker", MINT, [id, [{ ...record(1), addr: ethers.ZeroAddress }]], "ZeroDeviceAddress");
    });

    it("C14 takes 1 to 100 devices, and 100 stay under the gas cap of a transaction", async () => {
      await world.refuses("maker", MINT, [id, []], "BatchLength", [0, 100]);
      await world.refuses("maker", MINT, [id, records(0, 101)], "BatchLength", [101, 100]);
      const { gasUsed } = await world.send("maker", MINT, id, records(0, 100));
      expect(Number(gasUsed)).to.be.lessThan(1 << 24);
    });
  });

  it("C9 calls no receiver when a unit or a node comes to it", async () => {
    const receiver = await ethers.deployContract("HostileReceiver");
    const to = await receiver.getAddress();
    await world.send("admin", "nodes.setController", to);
    await world.send("admin", "nodes.mintManufacturer", world.address("admin"), "Hostile", []);
    await world.send("admin", "nodes.transferFrom", world.address("admin"), to, id + 1n);
    await mint(world, "maker", id, 1, 2);
    const { claim, signature } = await ownClaim(world, device(1), to);
    await world.send("stranger", "registry.claimDevice", claim, signature);
    expect(await world.read("registry.ownerOf", token(1))).to.equal(to);
    expect(await receiver.getFunction("hooks")()).to.equal(0n);
  });

  describe("claim, as DIMO's", () => {
    beforeEach(() => mint(world, "maker", id, 1, 2));

    it("makes the caller the owner with the device's signature", async () => {
      const receipt = await world.send(
        "owner",
        CLAIM,
        token(1),
        await dimoClaim(world, device(1), world.address("owner")),
      );
      expect(world.event(receipt, "registry.AftermarketDeviceClaimed").owner).to.equal(world.address("owner"));
      expect(await world.read("registry.ownerOf", token(1))).to.equal(world.address("owner"));
      expect(await world.read("registry.isAftermarketDeviceClaimed", token(1))).to.equal(true);
    });

    it("C13 is bound to the caller: a copied signature claims nothing for another", async () => {
      const signature = await dimoClaim(world, device(1), world.address("owner"));
      await world.refuses("stranger", CLAIM, [token(1), signature], "InvalidAdSignature");
    });

    it("refuses another device's signature, one for another token, high s, and v of 0 or 1", async () => {
      const owner = world.address("owner");
      await world.refuses(
        "owner",
        CLAIM,
        [token(1), await dimoClaim(world, device(2), owner, token(1))],
        "InvalidAdSignature",
      );
      await world.refuses(
        "owner",
        CLAIM,
        [token(1), await dimoClaim(world, device(1), owner, token(2))],
        "InvalidAdSignature",
      );

      const { r, s, v } = ethers.Signature.from(await dimoClaim(world, device(1), owner));
      const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
      const high = ethers.concat([r, ethers.toBeHex(order - BigInt(s), 32), ethers.toBeHex(v === 27 ? 28 : 27)]);
      await world.refuses("owner", CLAIM, [token(1), high], "InvalidAdSignature");
      await world.refuses(
        "owner",
        CLAIM,
        [token(1), ethers.concat([r, s, ethers.toBeHex(v - 27, 1)])],
        "InvalidAdSignature",
      );
    });

    it("refuses what is claimed already, or does not exist", async () => {
      const signature = await dimoClaim(world, device(1), world.address("owner"));
      await world.send("owner", CLAIM, token(1), signature);
      await world.refuses("owner", CLAIM, [token(1), signature], "DeviceAlreadyClaimed", [token(1)]);
      await world.refuses("owner", CLAIM, [token(9), signature], "InvalidNode", [world.deployment.registry, token(9)]);
    });

    it("C11 takes a signature once, also after the device went back to its manufacturer", async () => {
      const signature = await dimoClaim(world, device(1), world.address("owner"));
      await world.send("owner", CLAIM, token(1), signature);
      await world.send("owner", "registry.returnDevice", token(1));
      await world.refuses("owner", CLAIM, [token(1), signature], "SignatureUsed");
    });

    it("C11 refuses a signature for another registry or chain", async () => {
      const elsewhere = await licensedWorld();
      await mint(elsewhere.world, "maker", elsewhere.id, 1, 2);
      const signature = await dimoClaim(elsewhere.world, device(1), world.address("owner"));
      await world.refuses("owner", CLAIM, [token(1), signature], "InvalidAdSignature");

      const types = {
        ClaimAftermarketDeviceSign: [
          { name: "aftermarketDeviceNode", type: "uint256" },
          { name: "owner", type: "address" },
        ],
      };
      const domain = { name: "DIMO", version: "1", chainId: 137, verifyingContract: world.deployment.registry };
      const otherChain = await device(1).signTypedData(domain, types, {
        aftermarketDeviceNode: token(1),
        owner: world.address("owner"),
      });
      await world.refuses("owner", CLAIM, [token(1), otherChain], "InvalidAdSignature");
    });
  });

  describe("claim, with nonce and deadline", () => {
    beforeEach(() => mint(world, "maker", id, 1, 2));

    it("C13 can be brought by anyone and names the owner", async () => {
      const { claim, signature } = await ownClaim(world, device(1), world.address("owner"));
      await world.send("stranger", "registry.claimDevice", claim, signature);
      expect(await world.read("registry.ownerOf", token(1))).to.equal(world.address("owner"));
      expect(await world.read("registry.deviceNonce", token(1))).to.equal(1n);
    });

    it("refuses another owner, nonce or deadline than was signed, and a passed deadline", async () => {
      const { claim, signature } = await ownClaim(world, device(1), world.address("owner"));
      const changes = [{ owner: world.address("stranger") }, { deadline: claim.deadline + 1 }];
      for (const change of changes)
        await world.refuses(
          "stranger",
          "registry.claimDevice",
          [{ ...claim, ...change }, signature],
          "InvalidAdSignature",
        );
      const ahead = await ownClaim(world, device(1), world.address("owner"), { nonce: 1n });
      await world.refuses("stranger", "registry.claimDevice", [ahead.claim, ahead.signature], "InvalidAdSignature");
      await world.refuses(
        "stranger",
        "registry.claimDevice",
        [{ ...claim, owner: ethers.ZeroAddress }, signature],
        "ZeroOwner",
      );
      await pass(DAY + 1);
      await world.refuses("stranger", "registry.claimDevice", [claim, signature], "SignatureExpired", [claim.deadline]);
    });

    it("C11 voids a signature that was banked before a return", async () => {
      const first = await ownClaim(world, device(1), world.address("owner"));
      const banked = await ownClaim(world, device(1), world.address("stranger"), { nonce: 1n });
      await world.send("owner", "registry.claimDevice", first.claim, first.signature);
      await world.send("owner", "registry.returnDevice", token(1));
      await world.refuses("stranger", "registry.claimDevice", [banked.claim, banked.signature], "InvalidAdSignature");
    });
  });

  describe("pair", () => {
    beforeEach(async () => {
      await claimed(world, id, 1, "owner");
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
    });

    const links = async () => [
      await world.read("registry.getLink", world.deployment.registry, token(1)),
      await world.read("registry.getLink", world.deployment.vehicles, VEHICLE),
    ];

    it("links device and vehicle with the device's signature, as DIMO's", async () => {
      const receipt = await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      expect(world.event(receipt, "registry.AftermarketDevicePaired").vehicleNode).to.equal(VEHICLE);
      expect(await links()).to.deep.equal([VEHICLE, token(1)]);
    });

    it("links with nonce and deadline, too", async () => {
      const { pairing, signature } = await ownPairing(world, device(1), VEHICLE);
      await world.send("owner", "registry.pairDevice", pairing, signature);
      expect(await links()).to.deep.equal([VEHICLE, token(1)]);
      await world.send("owner", "registry.unpairAftermarketDevice", token(1), VEHICLE);
      await world.refuses("owner", "registry.pairDevice", [pairing, signature], "InvalidAdSignature");
      const late = { ...pairing, deadline: (await now()) - 1 };
      await world.refuses("owner", "registry.pairDevice", [late, signature], "SignatureExpired");
    });

    it("is the vehicle owner's to ask for", async () => {
      const signature = await dimoPair(world, device(1), VEHICLE);
      await world.refuses("stranger", PAIR, [token(1), VEHICLE, signature], "Unauthorized", [
        world.address("stranger"),
      ]);
      await world.refuses("owner", PAIR, [token(1), 5n, signature], "Unauthorized");
    });

    it("needs a claimed device that is not paired, and a vehicle that is not either", async () => {
      await mint(world, "maker", id, 2, 3);
      await world.refuses(
        "owner",
        PAIR,
        [token(2), VEHICLE, await dimoPair(world, device(2), VEHICLE)],
        "AdNotClaimed",
      );
      await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      await world.send("owner", "vehicles.mint", world.address("owner"), 78n);
      await world.refuses("owner", PAIR, [token(1), 78n, await dimoPair(world, device(1), 78n)], "AdPaired", [
        token(1),
      ]);
      await claimed(world, id, 3, "owner");
      await world.refuses(
        "owner",
        PAIR,
        [token(3), VEHICLE, await dimoPair(world, device(3), VEHICLE)],
        "VehiclePaired",
      );
    });

    it("refuses vehicle 0, which is how an unpaired device reads", async () => {
      await world.send("owner", "vehicles.mint", world.address("owner"), 0n);
      const signature = await dimoPair(world, device(1), 0n);
      const refusal = [world.deployment.vehicles, 0n];
      await world.refuses("owner", PAIR, [token(1), 0n, signature], "InvalidNode", refusal);
    });

    it("C11 takes a signature once", async () => {
      const signature = await dimoPair(world, device(1), VEHICLE);
      await world.send("owner", PAIR, token(1), VEHICLE, signature);
      await world.send("owner", "registry.unpairAftermarketDevice", token(1), VEHICLE);
      await world.refuses("owner", PAIR, [token(1), VEHICLE, signature], "SignatureUsed");
    });

    it("C11 is undone with the device's own signature, once, and no other structure's", async () => {
      await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      const pair = await ownPairing(world, device(1), VEHICLE);
      await world.refuses("stranger", "registry.unpairDevice", [pair.pairing, pair.signature], "InvalidAdSignature");
      const { pairing, signature } = await ownPairing(world, device(1), VEHICLE, "unpairDevice");
      const late = { ...pairing, deadline: (await now()) - 1 };
      await world.refuses("stranger", "registry.unpairDevice", [late, signature], "SignatureExpired");
      const receipt = await world.send("stranger", "registry.unpairDevice", pairing, signature);
      expect(world.event(receipt, "registry.AftermarketDeviceUnpaired").vehicleNode).to.equal(VEHICLE);
      expect(await links()).to.deep.equal([0n, 0n]);
      await world.refuses("stranger", "registry.unpairDevice", [pairing, signature], "AdNotPaired");
      const again = await ownPairing(world, device(1), VEHICLE);
      await world.send("owner", "registry.pairDevice", again.pairing, again.signature);
      await world.refuses("stranger", "registry.unpairDevice", [pairing, signature], "InvalidAdSignature");
    });

    it("is undone by the owner of either side", async () => {
      await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      await world.refuses("stranger", "registry.unpairAftermarketDevice", [token(1), VEHICLE], "Unauthorized");
      for (const other of [78n, 0n])
        await world.refuses("owner", "registry.unpairAftermarketDevice", [token(1), other], "AdNotPaired", [token(1)]);
      await world.send("owner", "vehicles.transferFrom", world.address("owner"), world.address("stranger"), VEHICLE);
      await world.send("stranger", "registry.unpairAftermarketDevice", token(1), VEHICLE);
      expect(await links()).to.deep.equal([0n, 0n]);
    });
  });

  describe("C8 transfer", () => {
    const move = (n: number, from: "owner" | "maker") => [world.address(from), world.address("stranger"), token(n)];

    it("is free while the device is claimed and unpaired", async () => {
      await claimed(world, id, 1, "owner");
      await world.send("owner", "registry.transferFrom", ...move(1, "owner"));
      expect(await world.read("registry.ownerOf", token(1))).to.equal(world.address("stranger"));
    });

    it("C11 voids what the device signed for the former owner", async () => {
      await claimed(world, id, 1, "owner");
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
      const { pairing, signature } = await ownPairing(world, device(1), VEHICLE);
      await world.send("owner", "registry.transferFrom", ...move(1, "owner"));
      await world.refuses("owner", "registry.pairDevice", [pairing, signature], "InvalidAdSignature");
    });

    it("is refused before the claim, while paired, and after revocation", async () => {
      await mint(world, "maker", id, 2, 3);
      await world.refuses("maker", "registry.transferFrom", move(2, "maker"), "TransferRestricted", [token(2)]);
      await claimed(world, id, 1, "owner");
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
      await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      await world.refuses("owner", "registry.transferFrom", move(1, "owner"), "TransferRestricted", [token(1)]);
      await world.send("owner", "registry.unpairAftermarketDevice", token(1), VEHICLE);
      await world.send("maker", "registry.revokeDevice", token(1), EVIDENCE);
      await world.refuses("owner", "registry.transferFrom", move(1, "owner"), "TransferRestricted", [token(1)]);
    });

    it("is the owner's and who it approved, and clears the approval", async () => {
      await claimed(world, id, 1, "owner");
      await world.refuses("stranger", "registry.transferFrom", move(1, "owner"), "ERC721InsufficientApproval");
      await world.refuses(
        "stranger",
        "registry.approve",
        [world.address("stranger"), token(1)],
        "ERC721InvalidApprover",
      );
      await world.send("owner", "registry.approve", world.address("line"), token(1));
      await world.send("line", "registry.transferFrom", ...move(1, "owner"));
      expect(await world.read("registry.getApproved", token(1))).to.equal(ethers.ZeroAddress);
      await world.refuses("owner", "registry.transferFrom", move(1, "owner"), "ERC721IncorrectOwner");
    });

    it("tells who is approved, for one device and for all", async () => {
      await claimed(world, id, 1, "owner");
      const approved = await world.send("owner", "registry.approve", world.address("line"), token(1));
      expect(world.event(approved, "registry.Approval")).to.deep.equal({
        owner: world.address("owner"),
        approved: world.address("line"),
        tokenId: token(1),
      });
      const operator = await world.send("owner", "registry.setApprovalForAll", world.address("line"), true);
      expect(world.event(operator, "registry.ApprovalForAll")).to.deep.equal({
        owner: world.address("owner"),
        operator: world.address("line"),
        approved: true,
      });
      await world.send("line", "registry.approve", world.address("stranger"), token(1));
      await world.send("stranger", "registry.transferFrom", ...move(1, "owner"));
    });

    it("C9 with a receiver that calls back moves the device once", async () => {
      await claimed(world, id, 1, "owner");
      const receiver = await ethers.deployContract("HostileReceiver");
      const to = await receiver.getAddress();
      const { interface: abi } = world.contract("registry");
      const steal = abi.encodeFunctionData("transferFrom", [
        world.address("owner"),
        world.address("stranger"),
        token(1),
      ]);
      await (await receiver.getFunction("arm")(world.deployment.registry, steal)).wait();
      await world.send(
        "owner",
        "registry.safeTransferFrom(address,address,uint256)",
        world.address("owner"),
        to,
        token(1),
      );
      expect(await receiver.getFunction("reentered")()).to.equal(false);
      expect(await world.read("registry.ownerOf", token(1))).to.equal(to);
      expect(await world.read("registry.balanceOf", world.address("owner"))).to.equal(0n);
    });

    it("refuses a receiver that does not take devices, zero receivers, owners and operators", async () => {
      await claimed(world, id, 1, "owner");
      const safe = "registry.safeTransferFrom(address,address,uint256)";
      const toContract = [world.address("owner"), world.deployment.token, token(1)];
      await world.refuses("owner", safe, toContract, "ERC721InvalidReceiver");
      const toZero = [world.address("owner"), ethers.ZeroAddress, token(1)];
      await world.refuses("owner", "registry.transferFrom", toZero, "ERC721InvalidReceiver");
      await world.refuses("owner", "registry.setApprovalForAll", [ethers.ZeroAddress, true], "ERC721InvalidOperator");
      await world.refuses("owner", "registry.balanceOf", [ethers.ZeroAddress], "ERC721InvalidOwner");
      await world.refuses("owner", "registry.tokenURI", [token(9)], "ERC721NonexistentToken");
      expect(await world.read("registry.tokenURI", token(1))).to.equal("");
    });

    it("declares its interfaces", async () => {
      for (const interfaceId of ["0x01ffc9a7", "0x80ac58cd", "0x5b5e139f"])
        expect(await world.read("registry.supportsInterface", interfaceId)).to.equal(true);
      expect(await world.read("registry.supportsInterface", "0xffffffff")).to.equal(false);
    });
  });

  describe("return", () => {
    it("gives the device back to the manufacturer, to be claimed by another", async () => {
      await claimed(world, id, 1, "owner");
      await world.refuses("stranger", "registry.returnDevice", [token(1)], "Unauthorized");
      const receipt = await world.send("owner", "registry.returnDevice", token(1));
      world.event(receipt, "registry.AftermarketDeviceUnclaimed");
      expect(await world.read("registry.ownerOf", token(1))).to.equal(world.address("maker"));
      await world.send("stranger", CLAIM, token(1), await dimoClaim(world, device(1), world.address("stranger")));
    });

    it("needs a claimed, unpaired device", async () => {
      await mint(world, "maker", id, 2, 3);
      await world.refuses("maker", "registry.returnDevice", [token(2)], "AdNotClaimed", [token(2)]);
      await claimed(world, id, 1, "owner");
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
      await world.send("owner", PAIR, token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE));
      await world.refuses("owner", "registry.returnDevice", [token(1)], "AdPaired", [token(1)]);
      await world.refuses("owner", "registry.unpairAftermarketDevice", [token(2), 0n], "AdNotPaired", [token(2)]);
    });

    it("by the manufacturer needs privilege 4 and the owner's approval", async () => {
      await claimed(world, id, 1, "owner");
      await world.refuses("line", REPROVISION, [[token(1)]], "Unauthorized", [world.address("line")]);
      await world.send("maker", "nodes.setPrivilege", id, 4, world.address("line"), (await now()) + DAY);
      await world.refuses("line", REPROVISION, [[token(1)]], "Unauthorized", [world.address("line")]);
      await world.send("owner", "registry.approve", world.address("line"), token(1));
      await world.send("line", REPROVISION, [token(1)]);
      expect(await world.read("registry.isAftermarketDeviceClaimed", token(1))).to.equal(false);
    });
  });

  describe("address reset", () => {
    const reset = (n: number, to: string) => [[{ aftermarketDeviceNodeId: token(n), deviceAddress: to }]];

    beforeEach(() => mint(world, "maker", id, 1, 2));

    it("gives the node a new address, and the old one stands for nothing", async () => {
      const receipt = await world.send("maker", RESET, ...reset(1, device(2).address));
      expect(world.event(receipt, "registry.AftermarketDeviceAddressReset").tokenId).to.equal(token(1));
      expect(await addressOf(token(1))).to.equal(device(2).address);
      expect(await idOf(device(2).address)).to.equal(token(1));
      expect(await idOf(device(1).address)).to.equal(0n);
      await world.refuses(
        "owner",
        CLAIM,
        [token(1), await dimoClaim(world, device(1), world.address("owner"))],
        "InvalidAdSignature",
      );
      await world.send("owner", CLAIM, token(1), await dimoClaim(world, device(2), world.address("owner"), token(1)));
    });

    it("refuses an address in use, used before, or zero", async () => {
      await mint(world, "maker", id, 3, 4);
      await world.refuses("maker", RESET, reset(1, device(3).address), "DeviceAlreadyRegistered", [device(3).address]);
      await world.refuses("maker", RESET, reset(1, device(1).address), "DeviceAlreadyRegistered");
      await world.send("maker", RESET, ...reset(1, device(2).address));
      await world.refuses("maker", RESET, reset(3, device(2).address), "DeviceAlreadyRegistered");
      await world.send("maker", RESET, ...reset(1, device(4).address));
      await world.refuses("maker", RESET, reset(3, device(2).address), "DeviceAlreadyRegistered");
      await world.refuses("maker", RESET, reset(1, ethers.ZeroAddress), "ZeroDeviceAddress");
      await world.refuses("maker", MINT, [id, [record(4)]], "DeviceAlreadyRegistered", [device(4).address]);
      expect(await idOf(device(2).address)).to.equal(0n);
    });

    it("needs privilege 3 and a license that serves", async () => {
      await world.refuses("line", RESET, reset(1, device(2).address), "Unauthorized");
      await world.send("maker", "nodes.setPrivilege", id, 3, world.address("line"), (await now()) + DAY);
      await world.send("line", RESET, ...reset(1, device(2).address));
      await world.send("licensor", "programme.suspend", id, 1, EVIDENCE);
      await world.refuses("maker", RESET, reset(1, device(3).address), "LicenseNotInForce", [id, 2]);
    });

    it("of a claimed device needs its owner's approval, of a paired one its unpairing", async () => {
      await claimed(world, id, 2, "owner");
      await world.refuses("maker", RESET, reset(2, device(5).address), "Unauthorized", [world.address("maker")]);
      await world.send("owner", "registry.setApprovalForAll", world.address("maker"), true);
      await world.send("maker", RESET, ...reset(2, device(5).address));
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
      await world.send("owner", PAIR, token(2), VEHICLE, await dimoPair(world, device(5), VEHICLE, token(2)));
      await world.refuses("maker", RESET, reset(2, device(6).address), "AdPaired", [token(2)]);
    });
  });

  describe("revocation of a unit", () => {
    it("ends claims, pairs, resets and returns; reads stay", async () => {
      await claimed(world, id, 1, "owner");
      await world.refuses("owner", "registry.revokeDevice", [token(1), EVIDENCE], "Unauthorized");
      await world.send("admin", "nodes.removeController", world.address("maker"));
      await world.refuses("maker", "registry.revokeDevice", [token(1), EVIDENCE], "Unauthorized");
      await world.send("admin", "nodes.setController", world.address("maker"));
      const receipt = await world.send("maker", "registry.revokeDevice", token(1), EVIDENCE);
      expect(world.event(receipt, "registry.DeviceRevoked").reason).to.equal(EVIDENCE);
      expect(await world.read("registry.isDeviceRevoked", token(1))).to.equal(true);
      expect(await idOf(device(1).address)).to.equal(token(1));
      await world.send("owner", "vehicles.mint", world.address("owner"), VEHICLE);
      await world.refuses(
        "owner",
        PAIR,
        [token(1), VEHICLE, await dimoPair(world, device(1), VEHICLE)],
        "DeviceIsRevoked",
      );
      await world.refuses("owner", "registry.returnDevice", [token(1)], "DeviceIsRevoked");
      await world.refuses(
        "owner",
        CLAIM,
        [token(1), await dimoClaim(world, device(1), world.address("owner"))],
        "DeviceIsRevoked",
      );
      await world.refuses("maker", "registry.revokeDevice", [token(1), EVIDENCE], "DeviceIsRevoked");
    });
  });

  it("reads no parent and no information for tokens it does not know", async () => {
    expect(await world.read("registry.getParentNode", world.deployment.registry, token(9))).to.equal(0n);
    expect(await world.read("registry.getInfo", world.deployment.token, token(9), "Serial")).to.equal("");
    expect(await addressOf(token(9))).to.equal(ethers.ZeroAddress);
    expect(await world.read("registry.getLink", world.deployment.token, 1n)).to.equal(0n);
    expect(await idOf(ethers.ZeroAddress)).to.equal(0n);
  });
});
