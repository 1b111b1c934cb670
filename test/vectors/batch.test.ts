// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { batchProofFault, batchTree } from "../../host/src/protocol/batch-tree.ts";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeDeviceLeaf } from "../../host/src/protocol/device-leaf.ts";
import leaves from "../../protocol/vectors/batch/leaf.json" with { type: "json" };
import proofs from "../../protocol/vectors/batch/proof.json" with { type: "json" };

describe("batch leaves", () => {
  for (const { title, leaf, ...fields } of leaves.cases) {
    it(title, () => {
      const place = {
        chainId: BigInt(fields.chainId),
        registry: fromHex(fields.registry),
        manufacturerId: BigInt(fields.manufacturerId),
        batchId: BigInt(fields.batchId),
      };
      const encoded = encodeDeviceLeaf(place, {
        index: fields.index,
        address: fromHex(fields.address),
        certificateHash: fromHex(fields.certificateHash),
        mintingRecordHash: fromHex(fields.mintingRecordHash),
        saltedSerialHash: fromHex(fields.saltedSerialHash),
      });
      expect(`0x${toHex(encoded)}`).to.equal(leaf);
    });
  }

  it("all differ", () => {
    expect(new Set(leaves.cases.map(({ leaf }) => leaf)).size).to.equal(leaves.cases.length);
  });

  it("refuse fields of another size", () => {
    const place = { chainId: 1n, registry: new Uint8Array(20), manufacturerId: 1n, batchId: 1n };
    const short = new Uint8Array(31);
    const whole = new Uint8Array(32);
    const leaf = { index: 0, address: new Uint8Array(20), certificateHash: whole, mintingRecordHash: whole };
    expect(() => encodeDeviceLeaf(place, { ...leaf, saltedSerialHash: short })).to.throw(RangeError);
    expect(() => encodeDeviceLeaf({ ...place, batchId: -1n }, { ...leaf, saltedSerialHash: whole })).to.throw(
      RangeError,
    );
  });
});

describe("batch proofs", () => {
  for (const { title, expect: verdict, root, count, index, leaf, proof } of proofs.cases) {
    it(title, () => {
      const fault = batchProofFault(fromHex(root), count, index, fromHex(leaf), proof.map(fromHex));
      expect(fault ?? "OK").to.equal(verdict);
    });
  }

  it("are made for every index of every count up to 33", () => {
    for (let count = 1; count <= 33; count++) {
      const leavesOf = Array.from({ length: count }, (_, at) => new Uint8Array(32).fill(at + 1));
      const tree = batchTree(leavesOf);
      for (const [index, leaf] of leavesOf.entries())
        expect(batchProofFault(tree.root, count, index, leaf, tree.proof(index)), `${index} of ${count}`).to.equal(
          undefined,
        );
      expect(() => tree.proof(count)).to.throw(RangeError);
    }
    expect(() => batchTree([])).to.throw(RangeError);
  });
});
