// SPDX-License-Identifier: Apache-2.0
import { expect } from "chai";
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import { decodeAddress, decodeUnitWord } from "../../../host/src/protocol/registry-storage.ts";
import { decodeStorageInteger, decodeStringHead, uint256 } from "../../../host/src/protocol/storage-slot.ts";
import { verdict } from "../../support/refusal.ts";

const SLOT = uint256(7n);

describe("a leaf of a storage trie", () => {
  it("is an integer of up to 32 bytes", () => {
    expect(decodeStorageInteger(fromHex("01"))).to.equal(1n);
    expect(decodeStorageInteger(fromHex("820400"))).to.equal(1024n);
    expect(decodeStorageInteger(fromHex(`a0${"ff".repeat(32)}`))).to.equal((1n << 256n) - 1n);
  });

  const refused = {
    "nothing at all": "",
    "zero, which no trie holds": "80",
    "zero as a byte": "00",
    "a leading zero": "820001",
    "a prefix that one byte does not need": "8101",
    "33 bytes": `a1${"ff".repeat(33)}`,
    "bytes left over": "0101",
    "cut off": "8204",
    "a list": "c101",
  };
  for (const [what, leaf] of Object.entries(refused))
    it(`C5 is refused where it is ${what}`, () => {
      expect(verdict(() => decodeStorageInteger(fromHex(leaf)))).to.equal("WORD_MALFORMED");
    });
});

describe("a string's slot", () => {
  const short = (text: string): bigint =>
    BigInt(`0x${toHex(Buffer.from(text)).padEnd(62, "0")}${(2 * text.length).toString(16).padStart(2, "0")}`);

  it("holds up to 31 bytes itself, and the length of more", () => {
    expect(decodeStringHead(0n, SLOT)).to.deep.equal({ bytes: new Uint8Array() });
    for (const text of ["TM1-1", "x".repeat(31)]) {
      const head = decodeStringHead(short(text), SLOT);
      expect("bytes" in head && Buffer.from(head.bytes).toString()).to.equal(text);
    }
    for (const length of [32, 33, 64, 1024]) {
      const head = decodeStringHead(BigInt(2 * length + 1), SLOT);
      expect("slots" in head && [head.length, head.slots.length]).to.deep.equal([length, Math.ceil(length / 32)]);
    }
  });

  const refused = { "a long one of 31 bytes": 63n, "one above 1024 bytes": 2051n, "a short one of 32 bytes": 64n };
  for (const [what, word] of Object.entries(refused))
    it(`C5 is refused where it says ${what}`, () => {
      expect(verdict(() => decodeStringHead(word, SLOT))).to.equal("WORD_MALFORMED");
    });
});

describe("a word of the registry", () => {
  it("C5 is refused where it is no unit: an unknown state, or bytes that no field has", () => {
    const owner = 1n;
    expect(decodeUnitWord((4n << 232n) | owner).state).to.equal("alias");
    for (const word of [5n << 232n, 1n << 240n])
      expect(verdict(() => decodeUnitWord(word | owner))).to.equal("WORD_MALFORMED");
  });

  it("C5 is refused where it is no address", () => {
    expect(decodeAddress(0n)).to.equal(undefined);
    expect(decodeAddress((1n << 160n) - 1n)).to.equal(`0x${"ff".repeat(20)}`);
    expect(verdict(() => decodeAddress(1n << 160n))).to.equal("WORD_MALFORMED");
  });
});
