// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import type { Contract } from "ethers";
import { batchTree } from "../../host/src/protocol/batch-tree.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeDeviceLeaf } from "../../host/src/protocol/device-leaf.ts";
import leaves from "../../protocol/vectors/batch/leaf.json" with { type: "json" };
import proofs from "../../protocol/vectors/batch/proof.json" with { type: "json" };
import { ethers, now, pass, rollBackAfterEach } from "./support/chain.ts";
import { device, mint, ownClaim, record, tokenOf } from "./support/devices.ts";
import { EVIDENCE, licensedWorld, MODEL, YEAR } from "./support/steps.ts";
import type { World } from "./support/world.ts";

const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
const CLAIM = "registry.claimFromBatch";
const COUNT = 5;

describe("batch format in Solidity", () => {
  let harness: Contract;

  before(async () => {
    harness = await ethers.deployContract("BatchLeafHarness");
  });

  for (const { title, leaf, chainId, registry, manufacturerId, batchId, address, ...unit } of leaves.cases) {
    it(`leaf: ${title}`, async () => {
      const batch = { id: manufacturerId, batchId, model: MODEL, count: 1, root: ethers.ZeroHash };
      const made = await harness.getFunction("leaf")(chainId, registry, batch, { ...unit, device: address, proof: [] });
      expect(made).to.equal(leaf);
    });
  }

  for (const { title, expect: verdict, root, count, index, leaf, proof } of proofs.cases) {
    it(`proof: ${title}`, async () => {
      const depth = Number(await harness.getFunction("depth")(count));
      const reached = await harness.getFunction("rootOf")(leaf, index, proof);
      const wrong = proof.length !== depth ? "BatchProofLength" : reached === root ? "OK" : "BatchProofInvalid";
      expect(index >= count ? "BatchIndex" : wrong).to.equal(verdict);
    });
  }
});

describe("batch roots", () => {
  let world: World;
  let id: bigint;

  /** Devices `from`, `from + 1` … as batch 1 of the manufacturer. */
  function batchOf(from: number, count = COUNT, batchId = 1n) {
    const place = {
      chainId: 31337n,
      registry: fromHex(world.deployment.registry),
      manufacturerId: id,
      batchId,
    };
    const hashes = (index: number) => ({
      certificateHash: fromHex(ethers.id(`certificate ${index}`)),
      mintingRecordHash: fromHex(ethers.id(`record ${index}`)),
      saltedSerialHash: fromHex(ethers.id(`serial ${index}`)),
    });
    const units = Array.from({ length: count }, (_, index) => ({
      index,
      address: fromHex(device(from + index).address),
      ...hashes(index),
    }));
    const tree = batchTree(units.map((unit) => encodeDeviceLeaf(place, unit)));
    return {
      batch: { id, batchId, model: MODEL, count, root: hex(tree.root) },
      unit: (index: number) => ({
        index,
        device: device(from + index).address,
        certificateHash: ethers.id(`certificate ${index}`),
        mintingRecordHash: ethers.id(`record ${index}`),
        saltedSerialHash: ethers.id(`serial ${index}`),
        proof: tree.proof(index).map(hex),
      }),
    };
  }

  async function claimArgs(from: number, index: number, owner = world.address("owner")) {
    const { batch, unit } = batchOf(from);
    const { claim, signature } = await ownClaim(world, device(from + index), owner, { nonce: 0n });
    return [batch, unit(index), claim, signature] as const;
  }

  before(async () => {
    ({ world, id } = await licensedWorld());
  });
  rollBackAfterEach();

  it("commits all units of a batch in one word", async () => {
    const { batch } = batchOf(1);
    const receipt = await world.send("maker", "registry.commitBatch", batch);
    expect(world.event(receipt, "registry.BatchCommitted")).to.deep.equal({ ...batch, count: 5n });
    const encoded = ethers.AbiCoder.defaultAbiCoder().encode(
      ["bytes32", "uint32", "bytes32"],
      [batch.model, batch.count, batch.root],
    );
    expect(await world.read("registry.batchCommitment", id, 1n)).to.equal(ethers.keccak256(encoded));
  });

  it("needs a number not used before, and 1 to 2^20 units", async () => {
    const { batch } = batchOf(1);
    await world.send("maker", "registry.commitBatch", batch);
    await world.refuses("maker", "registry.commitBatch", [{ ...batch, root: EVIDENCE }], "BatchExists", [id, 1n]);
    for (const count of [0, (1 << 20) + 1])
      await world.refuses("maker", "registry.commitBatch", [{ ...batch, batchId: 2, count }], "BatchCount", [count]);
  });

  describe("a claim", () => {
    beforeEach(() => world.send("maker", "registry.commitBatch", batchOf(1).batch));

    it("brings one unit on chain, straight to the owner its signature names", async () => {
      const receipt = await world.send("stranger", CLAIM, ...(await claimArgs(1, 4)));
      expect(world.event(receipt, "registry.BatchUnitTaken").index).to.equal(4n);
      expect(world.event(receipt, "registry.AftermarketDeviceNodeMinted").manufacturerId).to.equal(id);
      const token = tokenOf(device(5));
      expect(await world.read("registry.ownerOf", token)).to.equal(world.address("owner"));
      expect(await world.read("registry.getParentNode", world.deployment.registry, token)).to.equal(id);
      expect(await world.read("registry.isBatchUnitTaken", id, 1n, 4)).to.equal(true);
      expect(await world.read("registry.deviceNonce", token)).to.equal(1n);
    });

    it("charges the quota nothing more, and needs no license any more", async () => {
      await world.send("licensor", "programme.revoke", id, 1, EVIDENCE);
      await pass(2 * YEAR);
      await world.send("stranger", CLAIM, ...(await claimArgs(1, 0)));
      expect(await world.read("registry.unitsRegistered", id)).to.equal(5n);
    });

    it("works once", async () => {
      const args = await claimArgs(1, 0);
      await world.send("stranger", CLAIM, ...args);
      await world.refuses("stranger", CLAIM, args, "BatchUnitAlreadyTaken", [id, 1n, 0]);
      await world.send("owner", "registry.returnDevice", tokenOf(device(1)));
      await world.refuses("stranger", CLAIM, args, "BatchUnitAlreadyTaken", [id, 1n, 0]);
    });

    it("C13 is bound to owner and deadline by the unit's own signature", async () => {
      const [batch, unit, claim, signature] = await claimArgs(1, 0);
      const stolen = { ...claim, owner: world.address("stranger") };
      await world.refuses("stranger", CLAIM, [batch, unit, stolen, signature], "InvalidAdSignature");
      await world.refuses(
        "stranger",
        CLAIM,
        [batch, unit, { ...claim, owner: ethers.ZeroAddress }, signature],
        "ZeroOwner",
      );
      const other = await ownClaim(world, device(9), world.address("owner"), { nonce: 0n });
      const forged = { ...other.claim, tokenId: claim.tokenId };
      await world.refuses("stranger", CLAIM, [batch, unit, forged, other.signature], "InvalidAdSignature");
      await world.refuses("stranger", CLAIM, [batch, unit, other.claim, other.signature], "InvalidNode");
      await pass(2 * YEAR);
      await world.refuses("stranger", CLAIM, [batch, unit, claim, signature], "SignatureExpired", [claim.deadline]);
    });

    it("C12 fits its own leaf alone", async () => {
      const [batch, unit, claim, signature] = await claimArgs(1, 3);
      const refused: [change: object, error: string][] = [
        [{ index: 5 }, "BatchIndex"],
        [{ index: 2 }, "BatchProofInvalid"],
        [{ proof: unit.proof.slice(1) }, "BatchProofLength"],
        [{ proof: [...unit.proof, ethers.ZeroHash] }, "BatchProofLength"],
        [{ proof: unit.proof.toReversed() }, "BatchProofInvalid"],
        [{ device: device(9).address }, "BatchProofInvalid"],
        [{ certificateHash: EVIDENCE }, "BatchProofInvalid"],
        [{ mintingRecordHash: EVIDENCE }, "BatchProofInvalid"],
        [{ saltedSerialHash: EVIDENCE }, "BatchProofInvalid"],
      ];
      for (const [change, error] of refused)
        await world.refuses("stranger", CLAIM, [batch, { ...unit, ...change }, claim, signature], error);
    });

    it("C12 is of the batch as it was committed", async () => {
      const [batch, unit, claim, signature] = await claimArgs(1, 3);
      for (const change of [
        { count: 8 },
        { count: 4 },
        { root: EVIDENCE },
        { model: EVIDENCE },
        { batchId: 2n },
        { id: 99n },
      ])
        await world.refuses("stranger", CLAIM, [{ ...batch, ...change }, unit, claim, signature], "BatchUnknown");
    });
  });

  describe("no address twice", () => {
    it("a minted address cannot be claimed from a batch", async () => {
      await mint(world, "maker", id, 1, 2);
      await world.send("maker", "registry.commitBatch", batchOf(1).batch);
      await world.refuses("stranger", CLAIM, await claimArgs(1, 0), "DeviceAlreadyRegistered", [device(1).address]);
    });

    it("a claimed unit's address cannot be minted", async () => {
      await world.send("maker", "registry.commitBatch", batchOf(1).batch);
      await world.send("stranger", CLAIM, ...(await claimArgs(1, 0)));
      const mintAgain = [id, [record(1)]];
      await world.refuses(
        "maker",
        "registry.mintAftermarketDeviceByManufacturerBatch",
        mintAgain,
        "DeviceAlreadyRegistered",
      );
    });

    it("nor can it be claimed from another batch", async () => {
      await world.send("maker", "registry.commitBatch", batchOf(1).batch);
      await world.send("stranger", CLAIM, ...(await claimArgs(1, 0)));
      const { batch, unit } = batchOf(1, COUNT, 2n);
      await world.send("maker", "registry.commitBatch", batch);
      const { claim, signature } = await ownClaim(world, device(1), world.address("stranger"), { nonce: 0n });
      await world.refuses("stranger", CLAIM, [batch, unit(0), claim, signature], "DeviceAlreadyRegistered");
    });
  });

  describe("a revoked unit", () => {
    beforeEach(() => world.send("maker", "registry.commitBatch", batchOf(1).batch));

    it("is claimed no more", async () => {
      const { batch } = batchOf(1);
      const receipt = await world.send("maker", "registry.revokeBatchUnit", batch, 2, EVIDENCE);
      expect(world.event(receipt, "registry.BatchUnitRevoked").reason).to.equal(EVIDENCE);
      await world.refuses("stranger", CLAIM, await claimArgs(1, 2), "BatchUnitAlreadyTaken", [id, 1n, 2]);
      await world.send("stranger", CLAIM, ...(await claimArgs(1, 3)));
    });

    it("was in the batch, not yet claimed, and its manufacturer's", async () => {
      const { batch } = batchOf(1);
      await world.refuses("stranger", "registry.revokeBatchUnit", [batch, 2, EVIDENCE], "Unauthorized");
      await world.send("admin", "nodes.removeController", world.address("maker"));
      await world.refuses("maker", "registry.revokeBatchUnit", [batch, 2, EVIDENCE], "Unauthorized");
      await world.send("admin", "nodes.setController", world.address("maker"));
      await world.refuses("maker", "registry.revokeBatchUnit", [batch, 5, EVIDENCE], "BatchIndex", [5, 5]);
      await world.refuses("maker", "registry.revokeBatchUnit", [{ ...batch, count: 6 }, 5, EVIDENCE], "BatchUnknown");
      await world.send("stranger", CLAIM, ...(await claimArgs(1, 2)));
      await world.refuses("maker", "registry.revokeBatchUnit", [batch, 2, EVIDENCE], "BatchUnitAlreadyTaken");
    });
  });

  it("takes 1,000 units and claims the last", async () => {
    const { batch, unit } = batchOf(1, 1000);
    await world.send("maker", "registry.commitBatch", batch);
    const { claim, signature } = await ownClaim(world, device(1000), world.address("owner"), { nonce: 0n });
    await world.send("owner", CLAIM, batch, unit(999), claim, signature);
    expect(await world.read("registry.isBatchUnitTaken", id, 1n, 999)).to.equal(true);
    expect(claim.deadline).to.be.greaterThan(await now());
  });
});
