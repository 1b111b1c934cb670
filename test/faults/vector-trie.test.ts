// SPDX-License-Identifier: Apache-2.0
// The trie that the vectors are made with, against a chain's eth_getProof.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { expect } from "chai";
import { fromHex, toHex } from "../../host/src/protocol/bytes.ts";
import { encodeRlp, integerBytes } from "../../host/src/protocol/rlp.ts";
import { buildTrie, nibbles, proofOf, rootOf } from "../../protocol/vectors/lab/trie.ts";
import { ethers } from "../contracts/support/chain.ts";

const CHAIN_SLOTS = 400;

describe("the trie of the vectors", function () {
  this.timeout(180_000);
  it("D16 is the chain's: root and every node of eth_getProof", async () => {
    const address = `0x${"d1".repeat(20)}`;
    const entries = new Map<string, Uint8Array>();
    for (let slot = 0n; slot < BigInt(CHAIN_SLOTS); slot++) {
      const word = keccak_256(integerBytes(slot + 1n));
      const at = fromHex(slot.toString(16).padStart(64, "0"));
      entries.set(toHex(keccak_256(at)), encodeRlp(word[0] === 0 ? word.slice(1) : word));
      await ethers.provider.send("hardhat_setStorageAt", [address, `0x${slot.toString(16)}`, `0x${toHex(word)}`]);
    }
    await ethers.provider.send("hardhat_setBalance", [address, "0x1"]);
    const trie = buildTrie(entries);
    for (const slot of [0, 7, CHAIN_SLOTS - 1, CHAIN_SLOTS + 5]) {
      const key = `0x${slot.toString(16).padStart(64, "0")}`;
      const answer = await ethers.provider.send("eth_getProof", [address, [key], "latest"]);
      expect(answer.storageHash).to.equal(`0x${toHex(rootOf(trie))}`);
      const ours = proofOf(trie, nibbles(keccak_256(fromHex(key.slice(2)))));
      expect(answer.storageProof[0].proof).to.deep.equal(ours.map((node) => `0x${toHex(node)}`));
    }
  });
});
